package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of three processes stands still for longer than it takes the others to exclude it, while they are written to. */
@Tag("kill")
@Tag("alone")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StandstillIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @Test
    void aNodeThatStandsStillForAMinuteHoldsNobodyUpAndCatchesUp() throws Exception {
        try (Nodes nodes = Nodes.start(directory, 3)) {
            standStill(nodes, Duration.ofSeconds(60));
        }
    }

    @Test
    void overTcpANodeThatStandsStillHoldsNobodyUpAndCatchesUp() throws Exception {
        try (Nodes nodes = Nodes.startListed(directory, Program.JAR, 3, List.of())) {
            for (SampleNode node : nodes.all()) {
                assertThat(node.<String>read("/ticketmesh/mesh", "$.network.kind"))
                        .isEqualTo("tcp");
            }
            standStill(nodes, Duration.ofSeconds(30));
        }
    }

    private static void standStill(Nodes nodes, Duration time) throws Exception {
        SampleNode one = nodes.get(0);
        SampleNode still = nodes.get(2);
        try (Load load = Load.on(List.of(one, nodes.get(1)), 4, Duration.ofMillis(20))) {
            Waiting.until(SOON, () -> "no load", () -> load.written() > 300);
            load.takeMicros();
            String before = still.create("Just before");
            still.pause();
            long end = System.nanoTime() + time.toNanos();
            Waiting.until(time, () -> "not excluded", () -> one.mesh("$.network.membersInGroup") == 2);
            Waiting.passUntil(end);
            // They wait in its system's queue, and it takes them before it notices that it is excluded.
            List<CompletableFuture<String>> excluded = List.of(
                    still.createLater("While excluded"),
                    still.createLater("While excluded"),
                    still.createLater("While excluded"));
            still.resume();
            for (CompletableFuture<String> ticket : excluded) {
                ticket.get(20, TimeUnit.SECONDS);
            }
            load.end();
            nodes.awaitEqual(SOON);

            List<Long> micros = load.takeMicros();
            assertThat(micros.get(micros.size() - 1))
                    .as("the slowest of %s writes in microseconds", micros.size())
                    .isLessThan(TimeUnit.NANOSECONDS.toMicros(LONGEST_WRITE.toNanos()));
            assertThat(one.has(before)).isTrue();
            for (CompletableFuture<String> ticket : excluded) {
                assertThat(one.has(ticket.get())).isTrue();
            }
            String after = still.create("Afterwards");
            Waiting.until(SOON, () -> after, () -> one.has(after));
            assertThat(one.living()).isEqualTo(load.written() + 2 + excluded.size());
        }
    }
}
