package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.replica.Message;
import java.util.ArrayList;
import java.util.List;

/** The form of the message that carries sums over the content, eight bytes each. */
final class ContentSumsForm extends MessageForm<Message.ContentSums> {
    private static final int VERSION = 1;
    private static final int SUMS = 2;
    private static final int OTHERS = 3;

    ContentSumsForm() {
        super(MessageTypes.CONTENT_SUMS, Message.ContentSums.class);
    }

    @Override
    int lastTag() {
        return OTHERS;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.ContentSums message) {
        InnerRecords.write(kryo, output, VERSION, message.held().listed());
        output.open(SUMS);
        for (long sum : message.sums()) {
            output.writeLong(sum);
        }
        output.closeFrame();
        output.others(OTHERS, message.held());
    }

    @Override
    Message.ContentSums readFields(Kryo kryo, WireInput input) {
        VersionVector version = InnerRecords.read(kryo, input, VERSION, "version", VersionVector.class);
        List<Long> sums = new ArrayList<>();
        input.openRequired(SUMS, "sums");
        while (input.hasMore()) {
            sums.add(input.fixed());
        }
        input.closeFrame();
        return new Message.ContentSums(new VersionSummary(version, input.others(OTHERS)), sums);
    }
}
