package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Message;

/** The form of the message that carries operations that were asked for. */
final class OperationsForm extends MessageForm<Message.Operations> {
    private static final int OPERATIONS = 1;

    OperationsForm() {
        super(MessageTypes.OPERATIONS, Message.Operations.class);
    }

    @Override
    int lastTag() {
        return OPERATIONS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Operations message) {
        InnerRecords.writeAll(kryo, output, OPERATIONS, message.operations());
    }

    @Override
    Message.Operations readFields(Kryo kryo, WireInput input) {
        return new Message.Operations(InnerRecords.readAll(kryo, input, OPERATIONS, Operation.class));
    }
}
