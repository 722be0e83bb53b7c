package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Message;
import java.util.List;

/** The form of the message that carries fresh operations. */
final class HintForm extends MessageForm<Message.Hint> {
    private static final int OPERATIONS = 1;
    private static final int ACKNOWLEDGE = 2;

    HintForm() {
        super(MessageTypes.HINT, Message.Hint.class);
    }

    @Override
    int lastTag() {
        return ACKNOWLEDGE;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Hint message) {
        InnerRecords.writeAll(kryo, output, OPERATIONS, message.operations());
        output.open(ACKNOWLEDGE);
        output.flag(message.acknowledge());
        output.closeFrame();
    }

    @Override
    Message.Hint readFields(Kryo kryo, WireInput input) {
        List<Operation> operations = InnerRecords.readAll(kryo, input, OPERATIONS, Operation.class);
        input.openRequired(ACKNOWLEDGE, "acknowledge");
        boolean acknowledge = input.flag();
        input.closeFrame();
        return new Message.Hint(operations, acknowledge);
    }
}
