package io.ticketmesh.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.SetDue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node is to fire, with time moved by hand and nobody else writing. */
class TimekeeperTest {
    private static final long START = 1_767_225_600_000L;
    private static final long HOUR = 3_600_000;
    private static final NodeId SELF = new NodeId(1, 1);
    private static final NodeId OTHER = new NodeId(2, 2);
    private static final Watch ALONE = new Watch(SELF, List.of(SELF), 0, false);
    private static final Watch TWO = new Watch(SELF, List.of(SELF, OTHER), 0, false);

    private final MemoryStore store = new MemoryStore(SELF);
    private final Replica replica = new Replica(
            store, new Origin(SELF, 1), () -> START, Workflow.standard(), Schedule.STANDARD, new SplittableRandom(1));

    @BeforeEach
    void open() {
        store.commit(replica.open().commit());
    }

    private TicketId create(int number, long dueMillis) {
        TicketId id = TicketId.timeOrdered(number, number, number);
        write(Proposal.of(
                id,
                "alice",
                List.of(new CreateTicket("Printer"), new SetDue(new Due.At(Instant.ofEpochMilli(dueMillis))))));
        return id;
    }

    private void write(Proposal proposal) {
        Effects effects = replica.propose(List.of(proposal));
        store.commit(effects.commit());
    }

    private Timekeeper keeper(int capacity) {
        return new Timekeeper(store, Workflow.standard(), TimeRules.standard(), capacity);
    }

    private static List<Firing> ring(Timekeeper keeper, long nowMillis, Watch watch) {
        boolean more = true;
        while (more) {
            more = keeper.look(nowMillis);
        }
        return keeper.ring(nowMillis, watch, 10);
    }

    @Test
    void whatIsDueIsFiredAndThenIsNot() {
        Timekeeper keeper = keeper(10);
        TicketId printer = create(1, START + HOUR);

        assertThat(ring(keeper, START + HOUR - 1, ALONE)).isEmpty();
        List<Firing> firings = ring(keeper, START + HOUR, ALONE);
        assertThat(firings).singleElement().satisfies(firing -> {
            assertThat(firing.ticket().id()).isEqualTo(printer);
            assertThat(firing.changes())
                    .containsExactly((Change) new FireTimer("due", Instant.ofEpochMilli(START + HOUR)));
        });
        write(firings.get(0).proposal());
        assertThat(ring(keeper, START + 2 * HOUR, ALONE)).isEmpty();
    }

    @Test
    void whatCameToNothingIsTriedAgain() {
        create(1, START);
        Timekeeper keeper = keeper(10);

        assertThat(ring(keeper, START + 1, ALONE)).hasSize(1);
        assertThat(ring(keeper, START + 2, ALONE)).isEmpty();
        assertThat(ring(keeper, START + 1 + Timekeeper.RETRY_MILLIS, ALONE)).hasSize(1);
    }

    @Test
    void aTicketThatChangedMeanwhileIsLeftAsItIs() {
        TicketId printer = create(1, START);
        Firing firing = ring(keeper(10), START + 1, ALONE).get(0);
        write(Proposal.of(printer, "alice", List.of(new SetDue(Due.NEVER))));
        write(firing.proposal());

        assertThat(store.ticket(printer).orElseThrow().timers().entries()).isEmpty();
    }

    @Test
    void moreThanAreKeptAllHaveTheirTurn() {
        List<TicketId> fired = new ArrayList<>();
        for (int number = 1; number <= 9; number++) {
            create(number, START + number);
        }
        Timekeeper keeper = keeper(2);
        for (long now = START + HOUR; now < START + 2 * HOUR; now += Timekeeper.RETRY_MILLIS) {
            for (Firing firing : ring(keeper, now, ALONE)) {
                assertThat(keeper.size()).isLessThanOrEqualTo(2);
                fired.add(firing.ticket().id());
                write(firing.proposal());
            }
        }

        assertThat(fired).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void whoLacksSomethingFiresNothing() {
        create(1, START);
        Timekeeper keeper = keeper(10);
        Watch behind = new Watch(SELF, List.of(SELF), 0, true);

        assertThat(ring(keeper, START + HOUR, behind)).isEmpty();
        assertThat(ring(keeper, START + HOUR, ALONE)).hasSize(1);
    }

    @Test
    void whatSomebodyElseIsToFireWaitsEvenWhenItIsOld() {
        createForOther();
        Timekeeper keeper = keeper(10);

        assertThat(ring(keeper, START + HOUR, TWO)).isEmpty();
        assertThat(ring(keeper, START + HOUR + Watch.GRACE_MILLIS - 1, TWO)).isEmpty();
        assertThat(ring(keeper, START + HOUR + Watch.GRACE_MILLIS, TWO)).hasSize(1);
    }

    @Test
    void whatIsDueWhenItIsHeardOfHasItsTurnsFromThenOn() {
        Timekeeper keeper = keeper(10);
        assertThat(ring(keeper, START + HOUR, TWO)).isEmpty();
        createForOther();

        assertThat(ring(keeper, START + HOUR + 1, TWO)).isEmpty();
        assertThat(ring(keeper, START + HOUR + 1 + Watch.GRACE_MILLIS, TWO)).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackPutsNothingOff() {
        createForOther();
        Timekeeper keeper = keeper(10);
        assertThat(ring(keeper, START + 24 * HOUR, TWO)).isEmpty(); // it is the other's turn, by a clock that is wrong

        assertThat(ring(keeper, START + HOUR, TWO)).isEmpty();
        assertThat(ring(keeper, START + HOUR + Watch.GRACE_MILLIS, TWO)).hasSize(1);
    }

    /** A ticket that is due and that the other node is to fire first. */
    private void createForOther() {
        int number = 1;
        while (TWO.delayMillis(TicketId.timeOrdered(number, number, number)) == 0) {
            number++;
        }
        create(number, START);
    }
}
