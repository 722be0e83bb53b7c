package io.ticketmesh.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application to which the starter was added, and nothing else. */
@Tag("hosts")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlainHostIT {
    private static final Launch PLAIN = Launch.of("plain", "com.example.plain.PlainApplication");
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private final int port = Host.freePort();

    static List<Jdk> jdks() {
        return Jdk.oldestAndNewest();
    }

    private Host start(Launch launch) {
        return launch.with("--server.port=" + port).in(directory.resolve("work"));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutOneSettingItServesKeepsAndOpensNoFurtherPort(Jdk jdk) throws IOException {
        String ticket;
        try (Host host = start(PLAIN.on(jdk))) {
            Web web = host.web(port);
            HttpResponse<String> created = web.post("/tickets", "{\"title\":\"Printer on fire\"}");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
            ticket = created.headers().firstValue("Location").orElseThrow();
            assertThat(web.get("/own/home").body()).isEqualTo("home");
            assertThat(OpenSockets.of(host.pid())).containsExactly("tcp " + port);
            assertThat(host.log().lines().filter(line -> line.contains("TicketMesh ")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("ticketmesh/application", "REST at /tickets and /ticketmesh");
            host.stop();
        }
        try (Host again = start(PLAIN.on(jdk))) {
            HttpResponse<String> kept = again.web(port).get(ticket);
            assertThat(kept.statusCode()).isEqualTo(200);
            assertThat(kept.body()).contains("Printer on fire");
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void threeListenersDoNotHoldUpAStop(Jdk jdk) throws IOException {
        try (Host host = start(PLAIN.on(jdk))) {
            Web web = host.web(port);
            List<InputStream> streams = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                HttpResponse<InputStream> stream = web.open("/tickets/events");
                assertThat(stream.statusCode()).isEqualTo(200);
                assertThat(stream.body().read()).isPositive();
                streams.add(stream.body());
            }

            assertThat(host.stop()).isLessThan(SOON);

            for (InputStream stream : streams) {
                assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                        .as("ended, not cut off")
                        .endsWith("\n");
            }
        }
    }

    @Test
    void lazyInitializationAndVirtualThreadsChangeNothing() {
        try (Host host = start(PLAIN.on(Jdk.newest())
                .with("--spring.main.lazy-initialization=true", "--spring.threads.virtual.enabled=true"))) {
            host.web(port);
            assertThat(host.printed("REST at /tickets").log())
                    .as("open before anybody asks")
                    .contains("is node ");
            assertThat(new Web(port).post("/tickets", "{\"title\":\"Lazy\"}").statusCode())
                    .isEqualTo(201);
            assertThat(host.stop()).isLessThan(SOON);
        }
    }
}
