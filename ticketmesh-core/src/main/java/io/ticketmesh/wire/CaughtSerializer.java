package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;

/** The form of the log entry that completes a snapshot. */
final class CaughtSerializer extends RecordSerializer<LogEntry.Caught> {
    private static final int VERSION = 1;

    CaughtSerializer() {
        super(WireIds.CAUGHT);
    }

    @Override
    int lastTag() {
        return VERSION;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, LogEntry.Caught caught) {
        output.open(VERSION);
        output.vector(caught.version(), null);
        output.closeFrame();
    }

    @Override
    LogEntry.Caught readFields(Kryo kryo, WireInput input) {
        input.openRequired(VERSION, "version");
        VersionVector version = input.vector(null);
        input.closeFrame();
        return new LogEntry.Caught(version);
    }
}
