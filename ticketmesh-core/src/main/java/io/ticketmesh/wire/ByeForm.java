package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.replica.Message;

/** The form of the message that says that the sender stops. It has no fields yet. */
final class ByeForm extends MessageForm<Message.Bye> {
    ByeForm() {
        super(MessageTypes.BYE, Message.Bye.class);
    }

    @Override
    int lastTag() {
        return 0;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Bye message) {
        // there is nothing to say
    }

    @Override
    Message.Bye readFields(Kryo kryo, WireInput input) {
        return new Message.Bye();
    }
}
