package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryAgent;
import io.ticketmesh.registry.RegistryOptions;
import io.ticketmesh.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three servers that are processes of their own and register; one is killed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KilledServerIT {
    private final String cluster = "test-" + UUID.randomUUID();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void callsGoOnWithoutAServerThatWasKilledAndTheListLosesIt() throws Exception {
        try (RegistryServer registry = RegistryServer.start(RegistryOptions.of(cluster, settings -> settings.port(0)));
                TicketMeshClient client =
                        TicketMeshClient.open(builder -> builder.registry(at(cluster, registry.port())))) {
            for (int node = 1; node <= 3; node++) {
                start(node, registry.port());
            }
            until("three servers", () -> client.servers().size() == 3);

            processes.get(1).destroyForcibly().waitFor();
            for (int i = 0; i < 30; i++) {
                assertThat(client.get("TM-1").title()).isEqualTo("Printer");
            }
            assertThat(client.statistics().failedCalls()).isZero();
            until("the list has lost the server", () -> {
                client.get("TM-1");
                return client.statistics().servers() == 2;
            });

            assertThat(client.statistics().listingStale()).isFalse();
            assertThat(client.statistics().failedCalls()).isZero();
        }
    }

    private static void until(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void start(int node, int registryPort) throws IOException {
        processes.add(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegisteredServer.class.getName(),
                        cluster,
                        String.valueOf(node),
                        String.valueOf(registryPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static RegistryOptions at(String cluster, int registryPort) {
        return RegistryOptions.of(
                cluster, settings -> settings.port(0).registries(List.of("127.0.0.1:" + registryPort)));
    }

    /** A server that registers and answers until its process ends. */
    static final class RegisteredServer {
        private RegisteredServer() {}

        public static void main(String... arguments) {
            FakeServer server = FakeServer.start(FakeServer.json(200, Shown.ticket("Printer")));
            Instance instance =
                    Instance.of(new NodeId(1, Long.parseLong(arguments[1])), 1).withHttp(server.uri());
            RegistryAgent.start(at(arguments[0], Integer.parseInt(arguments[2])), instance);
        }
    }
}
