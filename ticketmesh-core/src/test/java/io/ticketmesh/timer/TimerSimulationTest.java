package io.ticketmesh.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.simulation.Resident;
import io.ticketmesh.simulation.TimerSimulation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Timers on machines that crash, are cut off from each other, and have wrong clocks. {@code -Dsimulation.seeds} runs more. */
class TimerSimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 100);
    private static final TimeRules RULES =
            TimeRules.builder().closeResolvedAfter(TimerSimulation.QUIET).build();

    /** As {@link TimerThread} does it, in virtual time. */
    private static final class Keeper implements Resident {
        private final Timekeeper timekeeper;

        Keeper(ReplicaReader reader) {
            timekeeper = new Timekeeper(reader, Workflow.standard(), RULES, 10);
        }

        @Override
        public List<Proposal> act(long wallMillis, long upMillis, MeshStatus mesh) {
            boolean more = true;
            while (more) {
                more = timekeeper.look(wallMillis);
            }
            return upMillis < TimerPace.STANDARD.settle().toMillis()
                    ? List.of()
                    : timekeeper.ring(wallMillis, Watch.of(mesh), 2).stream()
                            .map(Firing::proposal)
                            .toList();
        }
    }

    @Test
    void whatSeveralNodesFireIsToldOnce() {
        List<TimerSimulation> runs = runs(false);

        assertThat(runs.stream().mapToLong(TimerSimulation::repeated).sum())
                .as("firings that several nodes wrote, or nothing was shown")
                .isPositive();
        assertThat(runs.stream().mapToLong(TimerSimulation::told).sum())
                .isGreaterThan(runs.stream().mapToLong(TimerSimulation::fired).sum());
    }

    @Test
    void asLongAsAllSeeEachOtherOneNodeFires() {
        List<TimerSimulation> runs = runs(true);

        assertThat(runs.stream().mapToLong(TimerSimulation::fired).sum()).isPositive();
        assertThat(runs.stream().mapToLong(TimerSimulation::repeated).sum()).isZero();
    }

    @Test
    void namesThatDependOnTheNodeAreFound() {
        Function<TicketNews, String> byOperation = news -> news.operation().id().toString();

        assertThat(LongStream.rangeClosed(1, 30)
                        .filter(seed -> fails(new TimerSimulation(seed, Keeper::new, false, byOperation)))
                        .findFirst())
                .isPresent();
    }

    private static List<TimerSimulation> runs(boolean calm) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> new TimerSimulation(seed, Keeper::new, calm).run())
                .toList();
    }

    private static boolean fails(TimerSimulation simulation) {
        try {
            simulation.run();
            return false;
        } catch (AssertionError found) {
            return true;
        }
    }
}
