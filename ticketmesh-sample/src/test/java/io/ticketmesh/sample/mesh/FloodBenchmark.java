package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long creates take at three processes with a secret, one of which is flooded: in turns without a flood, with one
 * that goes elsewhere and so costs only what sending costs, with one at the mesh's own ports, and with one at the port of the web
 * server besides. Prints tables; see {@code docs/benchmarks.md}.
 */
final class FloodBenchmark {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** How long each phase of a round takes. */
    private static final Duration TIME = Duration.ofSeconds(8);
    /** Rounds before those that count: four Java processes on two processors compile for some six minutes. */
    private static final int WARM_UP = 12;

    private final int rounds = Integer.getInteger("benchmark.rounds", 7);
    private final Map<Phase, List<Measured>> measured = new LinkedHashMap<>();

    /** What happens meanwhile. */
    private enum Phase {
        QUIET("no flood"),
        ELSEWHERE("flood elsewhere"),
        MESH("flood at the mesh's ports"),
        ALL("and at the web server's");

        private final String text;

        Phase(String text) {
            this.text = text;
        }
    }

    /** Percentiles in microseconds, of creates at the flooded node and at the two others. */
    private record Measured(long median, long slow, long medianOfOthers, long slowOfOthers, String rate) {}

    public static void main(String[] arguments) throws Exception {
        Path parent =
                Path.of(System.getProperty("benchmark.dir", "target/benchmark")).toAbsolutePath();
        Files.createDirectories(parent);
        System.out.println("load at the start: " + load());
        Path overUdp = Files.createTempDirectory(parent, "flood");
        try (Nodes nodes = SealedNodes.overUdp(overUdp, Program.MEASURED)) {
            SampleNode target = nodes.get(0);
            InetSocketAddress group = target.multicastAddress();
            List<byte[]> recorded = SealedNodes.record(nodes, group);
            List<InetSocketAddress> ports = List.of(target.meshAddress(), group, target.registryAddress());
            new FloodBenchmark().run("UDP", nodes, ports, List.of(), recorded);
        }
        Path overTcp = Files.createTempDirectory(parent, "flood");
        try (ServerSocket listed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Nodes nodes = SealedNodes.overTcp(overTcp, Program.MEASURED, listed)) {
            SampleNode target = nodes.get(0);
            List<byte[]> recorded = Eavesdropper.calls(listed, 4);
            new FloodBenchmark()
                    .run("TCP", nodes, List.of(target.registryAddress()), List.of(target.meshAddress()), recorded);
        }
        System.out.println("load at the end: " + load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void run(
            String kind, Nodes nodes, List<InetSocketAddress> udp, List<InetSocketAddress> tcp, List<byte[]> recorded)
            throws Exception {
        try (Elsewhere elsewhere = new Elsewhere()) {
            InetSocketAddress web = nodes.get(0).webAddress();
            List<InetSocketAddress> both = new ArrayList<>(tcp);
            both.add(web);
            for (int round = -WARM_UP; round < rounds; round++) {
                List<Phase> order = new ArrayList<>(List.of(Phase.values()));
                Collections.rotate(order, round + WARM_UP);
                for (Phase phase : order) {
                    Measured one = switch (phase) {
                        case QUIET -> measure(nodes, null);
                        case ELSEWHERE ->
                            measure(
                                    nodes,
                                    new Flood(
                                            Collections.nCopies(udp.size(), elsewhere.datagrams()),
                                            Collections.nCopies(tcp.size(), elsewhere.connections()),
                                            recorded));
                        case MESH -> measure(nodes, new Flood(udp, tcp, recorded));
                        case ALL -> measure(nodes, new Flood(udp, both, recorded));
                    };
                    if (round >= 0) {
                        measured.computeIfAbsent(phase, none -> new ArrayList<>())
                                .add(one);
                    }
                }
            }
        }
        nodes.awaitEqual(Duration.ofSeconds(30));
        print(kind);
    }

    private Measured measure(Nodes nodes, @Nullable Flood flood) throws Exception {
        try (flood;
                Load atTarget = Load.on(nodes.all().subList(0, 1), 2, PAUSE);
                Load atOthers = Load.on(nodes.all().subList(1, 3), 2, PAUSE)) {
            Waiting.pass(TIME);
            String rate = flood == null ? "" : flood.rate();
            atTarget.end();
            atOthers.end();
            if (flood != null) {
                flood.end();
            }
            List<Long> target = atTarget.takeMicros();
            List<Long> others = atOthers.takeMicros();
            return new Measured(at(target, 50), at(target, 99), at(others, 50), at(others, 99), rate);
        }
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() - 1) * percent / 100);
    }

    private void print(String kind) {
        System.out.println("\n### Creates over HTTP while one node is flooded, " + kind + ", milliseconds\n");
        System.out.println("| | flooded node, p50 | p99 | the others, p50 | p99 |");
        System.out.println("|---|---|---|---|---|");
        List<Measured> quiet = phase(Phase.QUIET);
        for (Phase phase : Phase.values()) {
            List<Measured> all = phase(phase);
            System.out.printf(
                    "| %s | %s | %s | %s | %s |%n",
                    phase.text,
                    millis(all.stream().map(Measured::median).toList()),
                    millis(all.stream().map(Measured::slow).toList()),
                    millis(all.stream().map(Measured::medianOfOthers).toList()),
                    millis(all.stream().map(Measured::slowOfOthers).toList()));
        }
        for (Phase phase : List.of(Phase.ELSEWHERE, Phase.MESH, Phase.ALL)) {
            List<Measured> all = phase(phase);
            System.out.printf(
                    "| %s, times as long | %s | %s | %s | %s |%n",
                    phase.text,
                    ratio(
                            quiet.stream().map(Measured::median).toList(),
                            all.stream().map(Measured::median).toList()),
                    ratio(
                            quiet.stream().map(Measured::slow).toList(),
                            all.stream().map(Measured::slow).toList()),
                    ratio(
                            quiet.stream().map(Measured::medianOfOthers).toList(),
                            all.stream().map(Measured::medianOfOthers).toList()),
                    ratio(
                            quiet.stream().map(Measured::slowOfOthers).toList(),
                            all.stream().map(Measured::slowOfOthers).toList()));
        }
        for (Phase phase : List.of(Phase.ELSEWHERE, Phase.MESH, Phase.ALL)) {
            System.out.println(phase.text + ": " + phase(phase).get(rounds / 2).rate());
        }
    }

    private List<Measured> phase(Phase phase) {
        return measured.getOrDefault(phase, List.of());
    }

    private static String millis(List<Long> micros) {
        return spread(micros.stream().map(each -> each / 1_000.0).toList());
    }

    /** Of the values of the same round. */
    private static String ratio(List<Long> quiet, List<Long> flooded) {
        return spread(IntStream.range(0, quiet.size())
                .mapToObj(round -> flooded.get(round) / (double) quiet.get(round))
                .toList());
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return "%.2f (%.2f–%.2f)"
                .formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Where nobody listens: a port for datagrams that nobody reads, and one for connections that are closed at once. */
    private static final class Elsewhere implements AutoCloseable {
        private final DatagramSocket unread = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        private final ServerSocket closing = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Elsewhere() throws IOException {
            Thread thread = new Thread(this::closeAll, "elsewhere");
            thread.setDaemon(true);
            thread.start();
        }

        private void closeAll() {
            while (!closing.isClosed()) {
                try {
                    closing.accept().close();
                } catch (SocketException closed) {
                    continue; // which the loop asks
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        InetSocketAddress datagrams() {
            return new InetSocketAddress("127.0.0.1", unread.getLocalPort());
        }

        InetSocketAddress connections() {
            return new InetSocketAddress("127.0.0.1", closing.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            unread.close();
            closing.close();
        }
    }
}
