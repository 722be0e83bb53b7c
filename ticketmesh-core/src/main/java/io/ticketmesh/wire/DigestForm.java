package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.replica.Message;

/** The form of the message that says what is held, for comparison. */
final class DigestForm extends MessageForm<Message.Digest> {
    private static final int VERSION = 1;
    private static final int FLOOR = 2;
    private static final int ANSWER = 3;
    private static final int OTHERS = 4;

    DigestForm() {
        super(MessageTypes.DIGEST, Message.Digest.class);
    }

    @Override
    int lastTag() {
        return OTHERS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Digest message) {
        InnerRecords.write(kryo, output, VERSION, message.held().listed());
        InnerRecords.write(kryo, output, FLOOR, message.floor());
        output.open(ANSWER);
        output.flag(message.answer());
        output.closeFrame();
        output.others(OTHERS, message.held());
    }

    @Override
    Message.Digest readFields(Kryo kryo, WireInput input) {
        VersionVector version = InnerRecords.read(kryo, input, VERSION, "version", VersionVector.class);
        VersionVector floor = InnerRecords.read(kryo, input, FLOOR, "floor", VersionVector.class);
        input.openRequired(ANSWER, "answer");
        boolean answer = input.flag();
        input.closeFrame();
        return new Message.Digest(new VersionSummary(version, input.others(OTHERS)), floor, answer);
    }
}
