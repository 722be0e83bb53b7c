package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.OperationRange;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.SetDescription;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Origin BOB = new Origin(new NodeId(0xB0B, 1), 1);
    private static final int CHARS = 60_000;

    private final Arrivals arrivals = new Arrivals();

    private static Incoming hint(int operations) {
        Operation operation = new Operation(
                new OperationId(BOB, 1),
                HybridTimestamp.of(1, 0),
                1,
                "bob",
                TicketId.derived("scope", "bob", "1"),
                VersionVector.EMPTY,
                null,
                List.of(new SetDescription("x".repeat(CHARS))),
                Bytes.EMPTY);
        return new Incoming(BOB, new Message.Hint(Collections.nCopies(operations, operation), false));
    }

    private static Incoming small() {
        return new Incoming(BOB, new Message.Bye());
    }

    @Test
    void whatComesIsTakenInItsOrder() {
        Incoming first = hint(1);
        arrivals.offer(first);
        arrivals.offer(small());

        assertThat(arrivals.take(10)).containsExactly(first, small());
        assertThat(arrivals.isEmpty()).isTrue();
        assertThat(arrivals.take(10)).isEmpty();
    }

    @Test
    void aBatchEndsWhenItBringsEnough() {
        for (int i = 0; i < 4; i++) {
            arrivals.offer(hint(9));
        }

        assertThat(arrivals.take(20)).hasSize(2);
        assertThat(arrivals.take(1)).hasSize(1);
        assertThat(arrivals.take(Integer.MAX_VALUE)).hasSize(1);
    }

    @Test
    void largeMessagesFillTheMailboxLongBeforeTheirNumberDoes() {
        int kept = 0;
        while (arrivals.offer(hint(100))) {
            kept++;
        }

        assertThat((long) kept * 100 * CHARS).isBetween(Arrivals.MAX_CHARS / 2, Arrivals.MAX_CHARS);
        assertThat(kept).isLessThan(Node.ARRIVALS);
        assertThat(arrivals.dropped()).isEqualTo(1);
        assertThat(arrivals.offer(small())).as("there is room for a small one").isTrue();

        assertThat(arrivals.take(Integer.MAX_VALUE)).hasSize(kept + 1);
        assertThat(arrivals.offer(hint(100))).as("room again").isTrue();
    }

    @Test
    void aMessageThatIsLargerThanTheMailboxIsTakenAlone() {
        int tooMany = (int) (Arrivals.MAX_CHARS / CHARS) + 10;

        assertThat(arrivals.offer(hint(tooMany))).isTrue();
        assertThat(arrivals.offer(small())).isFalse();
    }

    @Test
    void manySmallMessagesFillItByTheirNumber() {
        for (int i = 0; i < Node.ARRIVALS; i++) {
            assertThat(arrivals.offer(small())).isTrue();
        }

        assertThat(arrivals.offer(small())).isFalse();
        assertThat(arrivals.dropped()).isEqualTo(1);
    }

    @Test
    void listsWithoutTextCountToo() {
        List<OperationRange> ranges = Collections.nCopies(1_000, new OperationRange(BOB, 1, 2));

        assertThat(new Message.Pull(ranges).chars()).isGreaterThan(40_000);
        assertThat(small().message().chars()).isPositive();
    }
}
