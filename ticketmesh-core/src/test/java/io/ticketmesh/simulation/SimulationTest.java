package io.ticketmesh.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Replicas in trouble. {@code -Dsimulation.seed=7} runs one seed and prints what happened; {@code -Dsimulation.seeds=100000} runs
 * more of them, {@code -Dsimulation.first=5000} others.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long SEEDS = Long.getLong("simulation.seeds", 2_500);

    @Test
    void replicasAgreeAndLoseNothingWhateverGoesWrong() {
        Long seed = Long.getLong("simulation.seed");
        if (seed != null) {
            Simulation simulation = new Simulation(seed).withTranscript();
            try {
                simulation.run();
            } finally {
                simulation.transcript().forEach(System.out::println);
            }
            return;
        }
        List<String> failures = new ArrayList<>(LongStream.range(FIRST, FIRST + SEEDS)
                .parallel()
                .mapToObj(SimulationTest::failureOf)
                .filter(failure -> !failure.isEmpty())
                .limit(20)
                .toList());
        assertThat(failures).isEmpty();
    }

    private static String failureOf(long seed) {
        try {
            new Simulation(seed).run();
            return "";
        } catch (AssertionError failure) {
            return failure.getMessage();
        }
    }

    /** What is missing comes by pulls; the slow repairs, for what no log holds any more, are for few. */
    @Test
    void mostRunsAgreeWithinASecond() {
        long[] settled = LongStream.rangeClosed(1, 200)
                .parallel()
                .map(seed -> new Simulation(seed).run().settledAfterMillis())
                .sorted()
                .toArray();

        assertThat(settled[settled.length * 95 / 100]).isLessThanOrEqualTo(1_000);
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        for (long seed = 1; seed <= 20; seed++) {
            List<String> once = new Simulation(seed).withTranscript().run().transcript();
            List<String> again = new Simulation(seed).withTranscript().run().transcript();
            assertThat(again).isEqualTo(once).hasSizeGreaterThan(20);
        }
    }
}
