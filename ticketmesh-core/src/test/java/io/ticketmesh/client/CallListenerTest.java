package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Those who accompany calls from their beginning to their end. */
@Timeout(60)
class CallListenerTest {
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    private CallListener named(String name) {
        return (method, path, headers) -> {
            headers.accept("X-" + name, method + " " + path);
            return failure -> ends.add(
                    name + (failure == null ? "" : " " + failure.getClass().getSimpleName()));
        };
    }

    private String end() throws InterruptedException {
        return String.valueOf(ends.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void everyAttemptCarriesWhatTheyGiveAndEachHearsOfTheEndOnce() throws Exception {
        try (FakeServer bad = FakeServer.start(FakeServer.answer(502, "text/plain", "no", "Retry-After", "30"));
                FakeServer good = FakeServer.start(FakeServer.json(200, Shown.ticket("Printer")));
                TicketMeshClient client = TicketMeshClient.open(builder -> builder.servers(bad.uri(), good.uri())
                        .onCall(named("Alice"))
                        .onCall(named("Bob")))) {
            client.get("TM-1");
            client.get("TM-1");

            assertThat(List.of(end(), end(), end(), end())).containsExactlyInAnyOrder("Alice", "Bob", "Alice", "Bob");
            assertThat(bad.heard()).hasSize(1);
            for (FakeServer server : List.of(bad, good)) {
                assertThat(server.last().header("X-Alice")).isEqualTo("GET /tickets/TM-1");
                assertThat(server.last().header("X-Bob")).isEqualTo("GET /tickets/TM-1");
            }
            assertThat(ends).isEmpty();
        }
    }

    @Test
    void whatACallEndsWithIsTold() throws Exception {
        try (FakeServer server = FakeServer.start(FakeServer.problem(404, "unknown-ticket"));
                TicketMeshClient client = TicketMeshClient.open(
                        builder -> builder.servers(server.uri()).onCall(named("Alice")))) {
            assertThatThrownBy(() -> client.get("TM-1")).isInstanceOf(NotFoundException.class);

            assertThat(end()).isEqualTo("Alice NotFoundException");
        }
    }

    @Test
    void oneThatFailsDisturbsNeitherTheCallNorTheOthers() throws Exception {
        try (FakeServer server = FakeServer.start(FakeServer.json(200, Shown.ticket("Printer")));
                TicketMeshClient client = TicketMeshClient.open(builder -> builder.servers(server.uri())
                        .onCall((method, path, headers) -> {
                            throw new IllegalStateException("thrown by a test");
                        })
                        .onCall((method, path, headers) -> failure -> {
                            throw new IllegalStateException("thrown by a test");
                        })
                        .onCall(named("Alice")))) {
            assertThat(client.get("TM-1").title()).isEqualTo("Printer");

            assertThat(end()).isEqualTo("Alice");
            assertThat(server.last().has("X-Alice")).isTrue();
        }
    }
}
