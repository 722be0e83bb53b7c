package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;

/** The form of the message that says what is on a disk. */
final class AckForm extends MessageForm<Message.Ack> {
    private static final int ORIGIN = 1;
    private static final int SEQUENCE = 2;

    AckForm() {
        super(MessageTypes.ACK, Message.Ack.class);
    }

    @Override
    int lastTag() {
        return SEQUENCE;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Ack message) {
        output.open(ORIGIN);
        output.wholeOrigin(message.origin());
        output.closeFrame();
        output.open(SEQUENCE);
        output.unsigned(message.sequence());
        output.closeFrame();
    }

    @Override
    Message.Ack readFields(Kryo kryo, WireInput input) {
        input.openRequired(ORIGIN, "origin");
        Origin origin = input.wholeOrigin();
        input.closeFrame();
        input.openRequired(SEQUENCE, "sequence");
        long sequence = input.unsigned();
        input.closeFrame();
        if (sequence < 0) {
            throw input.malformed("The sequence " + Long.toUnsignedString(sequence) + " is too large");
        }
        return new Message.Ack(origin, sequence);
    }
}
