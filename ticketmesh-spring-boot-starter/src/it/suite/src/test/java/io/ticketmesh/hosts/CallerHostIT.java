package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application with Spring Cloud, whose load-balanced client reaches both servers of a mesh by its name. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CallerHostIT {
    private static final String CLUSTER = "desk-" + UUID.randomUUID();

    @TempDir
    Path directory;

    @Test
    void bothServersAnswerInTurn() {
        int one = Host.freePort();
        int two = Host.freePort();
        try (Host first = server("one", one);
                Host second = server("two", two)) {
            String firstNode = node(first.web(one));
            String secondNode = node(second.web(two));
            String calls = awaitCallsOfBoth(firstNode, secondNode);
            assertThat(calls).contains("services: [desk]");
            assertThat(calls.split("answered by " + firstNode, -1)).hasSize(3);
            assertThat(calls.split("answered by " + secondNode, -1)).hasSize(3);
        }
    }

    /** A caller that begins before both servers are listed sees one only; the next sees both. */
    private String awaitCallsOfBoth(String... nodes) {
        String[] said = {""};
        Waiting.until(java.time.Duration.ofMinutes(2), () -> said[0], () -> {
            try (Host caller = Launch.of("caller", "com.example.caller.CallerApplication")
                    .with(
                            "--spring.main.web-application-type=none",
                            "--ticketmesh.enabled=false",
                            "--ticketmesh.client.cluster=" + CLUSTER,
                            "--ticketmesh.client.service-id=desk")
                    .in(directory.resolve("caller"))) {
                assertThat(caller.status()).as(caller.log()).isZero();
                said[0] = caller.log();
            }
            return said[0].contains(nodes[0]) && said[0].contains(nodes[1]);
        });
        return said[0];
    }

    private Host server(String name, int port) {
        return Launch.of("plain", "com.example.plain.PlainApplication")
                .with("--server.port=" + port, "--ticketmesh.mesh.cluster=" + CLUSTER)
                .in(directory.resolve(name));
    }

    private static String node(Web web) {
        return web.get("/ticketmesh/mesh").body().replaceAll("(?s)^.*?\"node\":\\{\"id\":\"([^\"]+)\".*$", "$1");
    }
}
