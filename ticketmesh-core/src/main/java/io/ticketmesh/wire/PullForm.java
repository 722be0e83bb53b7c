package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.OperationRange;
import java.util.ArrayList;
import java.util.List;

/** The form of the message that asks for operations: each range is an origin, its first and its last sequence. */
final class PullForm extends MessageForm<Message.Pull> {
    private static final int RANGES = 1;

    PullForm() {
        super(MessageTypes.PULL, Message.Pull.class);
    }

    @Override
    int lastTag() {
        return RANGES;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Message.Pull message) {
        output.open(RANGES);
        for (OperationRange range : message.ranges()) {
            output.wholeOrigin(range.origin());
            output.unsigned(range.first());
            output.unsigned(range.last());
        }
        output.closeFrame();
    }

    @Override
    Message.Pull readFields(Kryo kryo, WireInput input) {
        List<OperationRange> ranges = new ArrayList<>();
        input.openRequired(RANGES, "ranges");
        while (input.hasMore()) {
            Origin origin = input.wholeOrigin();
            long first = input.sequence();
            long last = input.sequence();
            if (last < first) {
                throw input.malformed("A range from " + first + " ends at " + last);
            }
            ranges.add(new OperationRange(origin, first, last));
        }
        input.closeFrame();
        return new Message.Pull(ranges);
    }
}
