package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import java.util.ArrayList;
import java.util.List;
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
}
