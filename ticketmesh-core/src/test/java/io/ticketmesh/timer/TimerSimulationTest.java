package io.ticketmesh.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.simulation.TimerSimulation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Timers on machines that crash, are cut off from each other, and have wrong clocks. {@code -Dsimulation.seeds} runs more. */
class TimerSimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 100);
    private static final Keepers KEEPERS = new Keepers();

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
    void whoWaitsForNobodyIsFound() {
        Keepers hasty = new Keepers(mesh -> {
            Watch watch = Watch.of(mesh);
            return new Watch(watch.self(), List.of(watch.self()), watch.aheadMillis(), watch.behind());
        });

        assertThat(LongStream.rangeClosed(1, 10)
                        .map(seed ->
                                new TimerSimulation(seed, hasty, true).run().repeated())
                        .sum())
                .isPositive();
    }

    @Test
    void namesThatDependOnTheNodeAreFound() {
        Function<TicketNews, String> byOperation = news -> news.operation().id().toString();

        assertThat(LongStream.rangeClosed(1, 30)
                        .filter(seed -> fails(new TimerSimulation(seed, KEEPERS, false, byOperation)))
                        .findFirst())
                .isPresent();
    }

    private static List<TimerSimulation> runs(boolean calm) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> new TimerSimulation(seed, KEEPERS, calm).run())
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
