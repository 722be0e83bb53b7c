package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import java.util.Set;

/** The form of the message that carries states of tickets, each as the log entry that adopts it. */
final class SnapshotPartForm extends MessageForm<Message.SnapshotPart> {
    private static final int VERSION = 1;
    private static final int AFTER = 2;
    private static final int THROUGH = 3;
    private static final int BUCKETS = 4;
    private static final int STATES = 5;

    SnapshotPartForm() {
        super(MessageTypes.SNAPSHOT_PART, Message.SnapshotPart.class);
    }

    @Override
    int lastTag() {
        return STATES;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.SnapshotPart message) {
        InnerRecords.write(kryo, output, VERSION, message.version());
        output.ticketIdField(AFTER, message.after());
        output.ticketIdField(THROUGH, message.through());
        BucketSets.write(output, BUCKETS, message.buckets());
        List<LogEntry.Adopted> entries =
                message.states().stream().map(LogEntry.Adopted::new).toList();
        InnerRecords.writeAll(kryo, output, STATES, entries);
    }

    @Override
    Message.SnapshotPart readFields(Kryo kryo, WireInput input) {
        VersionVector version = InnerRecords.read(kryo, input, VERSION, "version", VersionVector.class);
        TicketId after = input.ticketIdField(AFTER);
        TicketId through = input.ticketIdField(THROUGH);
        Set<Integer> buckets = BucketSets.read(input, BUCKETS);
        List<TicketState> states = InnerRecords.readAll(kryo, input, STATES, LogEntry.Adopted.class).stream()
                .map(LogEntry.Adopted::state)
                .toList();
        return new Message.SnapshotPart(version, after, through, buckets, states);
    }
}
