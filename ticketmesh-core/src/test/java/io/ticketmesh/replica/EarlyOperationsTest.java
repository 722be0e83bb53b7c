package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlyOperationsTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);

    private final TestPeer alice = TestPeer.named("alice");
    private final Origin origin = alice.origin();
    private final EarlyOperations early = new EarlyOperations();
    private final List<Operation> written = new ArrayList<>();

    private void write(int operations) {
        written.add(alice.propose(PRINTER, new CreateTicket("Printer jams")));
        while (written.size() < operations) {
            written.add(alice.propose(PRINTER, new RecordOccurrences(1)));
        }
    }

    private void keep(int... sequences) {
        for (int sequence : sequences) {
            early.add(written.get(sequence - 1), 0);
        }
    }

    private OperationRange range(long first, long last) {
        return new OperationRange(origin, first, last);
    }

    @Test
    void whereNothingWaitsAllIsMissing() {
        assertThat(early.gaps(range(3, 9))).containsExactly(range(3, 9));
    }

    @Test
    void whatWaitsIsNotAskedForAgain() {
        write(12);
        keep(4, 5, 8, 12);

        assertThat(early.gaps(range(2, 10))).containsExactly(range(2, 3), range(6, 7), range(9, 10));
        assertThat(early.gaps(range(2, 8))).containsExactly(range(2, 3), range(6, 7));
        assertThat(early.gaps(new OperationRange(TestPeer.named("bob").origin(), 2, 8)))
                .as("of another origin")
                .hasSize(1);
    }

    @Test
    void whileTheNextOneWaitsForAnotherOriginNothingIsAskedFor() {
        write(4);
        keep(2);

        assertThat(early.gaps(range(2, 1_000_000))).isEmpty();
    }

    @Test
    void onlyTheFirstGapsAreAskedFor() {
        write(100);
        for (int sequence = 2; sequence <= 100; sequence += 2) {
            keep(sequence);
        }

        List<OperationRange> gaps = early.gaps(range(1, 100));

        assertThat(gaps).hasSize(EarlyOperations.MAX_GAPS).first().isEqualTo(range(1, 1));
        assertThat(gaps).allMatch(gap -> gap.size() == 1);
    }

    @Test
    void theNextOneComesInItsTurnAndThoseBehindItGoOnWaiting() {
        write(6);
        keep(5, 3, 4, 6);

        assertThat(early.next(origin, upTo(1))).isEmpty();
        assertThat(early.next(origin, upTo(2))).contains(written.get(2));
        assertThat(early.next(origin, upTo(4))).contains(written.get(4));
        assertThat(early.size()).as("what is covered is forgotten").isEqualTo(2);
        assertThat(early.origins()).containsExactly(origin);
    }

    @Test
    void theOneThatComesNextAndHasWaitedLongestIsStuck() {
        write(3);
        early.add(written.get(2), 10);
        early.add(written.get(1), 20);

        assertThat(early.stuckSince(upTo(1), 20)).as("since then, not before").isEmpty();
        assertThat(early.stuckSince(upTo(1), 21)).contains(written.get(1));
        assertThat(early.stuckSince(upTo(2), 21)).contains(written.get(2));
        assertThat(early.stuckSince(upTo(0), 21))
                .as("none that comes next waits")
                .isEmpty();
    }

    private VersionVector upTo(long sequence) {
        return VersionVector.of(Map.of(origin, sequence));
    }
}
