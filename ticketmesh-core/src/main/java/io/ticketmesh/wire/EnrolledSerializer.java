package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.oplog.LogEntry;

/** The form of the log entry that tells of a node of the mesh. */
final class EnrolledSerializer extends RecordSerializer<LogEntry.Enrolled> {
    private static final int MEMBER = 1;

    EnrolledSerializer() {
        super(WireIds.ENROLLED);
    }

    @Override
    int lastTag() {
        return MEMBER;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, LogEntry.Enrolled enrolled) {
        InnerRecords.write(kryo, output, MEMBER, enrolled.member());
    }

    @Override
    LogEntry.Enrolled readFields(Kryo kryo, WireInput input) {
        return new LogEntry.Enrolled(InnerRecords.read(kryo, input, MEMBER, "member", Member.class));
    }
}
