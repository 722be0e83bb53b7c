package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.replica.Message;
import io.ticketmesh.ticket.TicketId;
import java.util.Set;

/** The form of the message that asks for states of tickets. */
final class SnapshotRequestForm extends MessageForm<Message.SnapshotRequest> {
    private static final int VERSION = 1;
    private static final int AFTER = 2;
    private static final int BUCKETS = 3;

    SnapshotRequestForm() {
        super(MessageTypes.SNAPSHOT_REQUEST, Message.SnapshotRequest.class);
    }

    @Override
    int lastTag() {
        return BUCKETS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.SnapshotRequest message) {
        if (message.version() != null) {
            InnerRecords.write(kryo, output, VERSION, message.version());
        }
        output.ticketIdField(AFTER, message.after());
        BucketSets.write(output, BUCKETS, message.buckets());
    }

    @Override
    Message.SnapshotRequest readFields(Kryo kryo, WireInput input) {
        VersionVector version = InnerRecords.readOptional(kryo, input, VERSION, VersionVector.class);
        TicketId after = input.ticketIdField(AFTER);
        Set<Integer> buckets = BucketSets.read(input, BUCKETS);
        return new Message.SnapshotRequest(version, after, buckets);
    }
}
