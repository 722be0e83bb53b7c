package io.ticketmesh.benchmark;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.LookupLoad;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how many lookups a second one registry answers over loopback, beside datagrams of the same sizes that nobody reads. Set by
 * the system properties {@code benchmark.rounds} and {@code benchmark.millis}: how often, and how long, each rate is measured.
 */
public final class RegistryBenchmark {
    private static final String SECRET = "a secret for benchmarks only";

    private final int rounds = Integer.getInteger("benchmark.rounds", 7);
    private final int millis = Integer.getInteger("benchmark.millis", 1_500);
    private final Report report = new Report();

    public static void main(String[] arguments) throws Exception {
        new RegistryBenchmark().run();
    }

    private void run() throws Exception {
        new Machine(Path.of(System.getProperty("java.io.tmpdir"))).print(report);
        report.title(
                "Lookups a second, one page each, 32 under way",
                "servers",
                "secret",
                "bytes of a page",
                "lookups a second",
                "datagrams alone");
        for (int servers : List.of(3, 10)) {
            for (boolean sealed : List.of(false, true)) {
                measure(servers, sealed);
            }
        }
        report.line("load at the end: " + Machine.load());
    }

    private void measure(int servers, boolean sealed) throws Exception {
        String cluster = "benchmark-" + ProcessHandle.current().pid() + "-" + servers + "-" + sealed;
        RegistryOptions free = options(cluster, sealed, List.of());
        try (RegistryServer registry = RegistryServer.start(free)) {
            InetSocketAddress address = registry.address();
            RegistryOptions options = options(cluster, sealed, List.of("127.0.0.1:" + address.getPort()));
            List<RegistryAgent> agents = new ArrayList<>();
            try {
                for (int i = 0; i < servers; i++) {
                    URI http = URI.create("http://desk-" + i + ".example:8080");
                    agents.add(RegistryAgent.start(
                            options,
                            Instance.of(new NodeId(1, i), 1).withHttp(http).withZone("east")));
                }
                Quiet.until("all are registered", () -> registry.status().instances() == servers);
                race(options, address, servers, sealed);
            } finally {
                agents.forEach(RegistryAgent::close);
            }
        }
    }

    private void race(RegistryOptions options, InetSocketAddress address, int servers, boolean sealed)
            throws Exception {
        try (LookupLoad load = new LookupLoad(options, address);
                DatagramEcho echo = new DatagramEcho(load.answerBytes())) {
            load.run(millis);
            echo.run(millis);
            Sample lookups = new Sample();
            Sample datagrams = new Sample();
            for (int round = 0; round < rounds; round++) {
                lookups.add(load.run(millis) * 1_000.0 / millis);
                datagrams.add(echo.run(millis) * 1_000.0 / millis);
            }
            report.row(
                    servers, sealed ? "yes" : "no", load.answerBytes(), Report.range(lookups), Report.range(datagrams));
        }
    }

    private static RegistryOptions options(String cluster, boolean sealed, List<String> registries) {
        return RegistryOptions.of(
                cluster,
                settings -> settings.secret(sealed ? SECRET : null)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .port(0)
                        .packetsPerSecond(Integer.MAX_VALUE)
                        .registries(registries));
    }
}
