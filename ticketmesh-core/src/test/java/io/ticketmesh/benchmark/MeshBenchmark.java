package io.ticketmesh.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures several nodes in this process over loopback, beside JGroups alone, which is the limit, and a replicated map of Hazelcast.
 * Set by system properties:
 *
 * <ul>
 *   <li>{@code benchmark.dir}: where the nodes keep their tickets, in a directory {@code mesh} that is deleted before and after
 *   <li>{@code benchmark.nodes}: how many nodes, one size after the other, default 2,3,5
 *   <li>{@code benchmark.rounds} and {@code benchmark.millis}: how often, and how long, each rate is measured
 * </ul>
 */
public final class MeshBenchmark {
    private final Path directory =
            Path.of(System.getProperty("benchmark.dir", "target/benchmark")).resolve("mesh");
    private final int rounds = Integer.getInteger("benchmark.rounds", 7);
    private final Duration slot = Duration.ofMillis(Integer.getInteger("benchmark.millis", 1_500));
    private final Report report = new Report();

    public static void main(String[] arguments) {
        int result = 1;
        try {
            new MeshBenchmark().run();
            result = 0;
        } catch (Exception | Error failed) {
            failed.printStackTrace();
        } finally {
            // Threads of others may go on.
            System.exit(result);
        }
    }

    private void run() throws Exception {
        Files.createDirectories(directory);
        new Machine(directory).print(report);
        int[] sizes = Arrays.stream(
                        System.getProperty("benchmark.nodes", "2,3,5").split(","))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (int size : sizes) {
            race(size);
        }
        report.line("load at the end: " + Machine.load());
    }

    private void race(int size) throws Exception {
        deleteAll();
        String cluster = "benchmark-" + ProcessHandle.current().pid() + "-" + size;
        try (TicketGroup tickets = new TicketGroup(size, cluster, directory)) {
            byte[] operation = tickets.operation();
            try (ChannelGroup channels = new ChannelGroup(size, cluster, operation);
                    ReplicatedMapGroup map = new ReplicatedMapGroup(size, cluster, operation)) {
                new MeshRace(size, List.of(channels, tickets, map), report, slot).run(rounds);
                report.line("A ticket has " + operation.length + " bytes; TicketMesh used " + tickets.network() + ".");
            }
        }
        deleteAll();
    }

    private void deleteAll() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
