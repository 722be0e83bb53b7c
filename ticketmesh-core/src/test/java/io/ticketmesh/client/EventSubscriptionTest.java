package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.Waiting;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.ticket.TicketId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a subscription goes from server to server, and how it ends. */
@Timeout(60)
class EventSubscriptionTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final TicketId TICKET = TicketId.timeOrdered(1_767_225_600_000L, 1, 1);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Notes notes = new Notes();

    /** Writes down what is heard. */
    private static final class Notes implements RemoteEventListener {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final List<FailedAttempt> failures = new ArrayList<>();

        @Override
        public void happened(RemoteEvent event) {
            heard.add(event.eventId());
        }

        @Override
        public void reset() {
            heard.add("reset");
        }

        @Override
        public synchronized void interrupted(FailedAttempt failure) {
            failures.add(failure);
        }

        synchronized int count() {
            return failures.size();
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static String event(String id) {
        return "id: " + id + "\nevent: ticket.created\ndata: {\"eventId\":\"" + id + "\",\"ticketId\":\"" + TICKET
                + "\",\"key\":\"" + TICKET.key() + "\",\"type\":\"ticket.created\",\"actor\":\"alice\",\"origin\":\""
                + new NodeId(1, 2) + "\",\"at\":\"2026-01-01T00:00:00.000Z\",\"etag\":null,\"changes\":[]}\n\n";
    }

    private static FakeServer.Script events(String body) {
        return FakeServer.answer(200, "text/event-stream", body);
    }

    private FakeServer fake(FakeServer.Script script) {
        FakeServer server = FakeServer.start(script);
        open.add(server);
        return server;
    }

    private RawServer raw(String bytes) {
        RawServer server = RawServer.silentAfter(bytes);
        open.add(server);
        return server;
    }

    private TicketMeshClient client(Consumer<TicketMeshClient.Builder> more, URI... servers) {
        TicketMeshClient client = TicketMeshClient.open(builder -> {
            builder.servers(servers);
            more.accept(builder);
        });
        open.add(0, client);
        return client;
    }

    @Test
    void whatOneServerDoesNotTellTheNextIsAskedFor() throws Exception {
        FakeServer one = fake(events(event("a") + event("b") + "id: c\n\n"));
        FakeServer two = fake(FakeServer.problem(503, "too-many-streams"));
        TicketMeshClient client = client(builder -> {}, one.uri(), two.uri());
        EventSubscription subscription = client.events(which -> which.status("open"), "before", notes);

        assertThat(notes.next()).isEqualTo("a");
        assertThat(notes.next()).isEqualTo("b");
        Waiting.until(() -> two.heard().stream()
                .anyMatch(heard -> heard.header("Last-Event-ID").equals("c")));
        Waiting.until(() -> subscription.lastId().equals("c")); // the first tells all of it anew meanwhile
        assertThat(one.heard().get(0).header("Last-Event-ID")).isEqualTo("before");
        assertThat(one.heard().get(0).header("Accept")).isEqualTo("text/event-stream");
        assertThat(one.heard().get(0).query()).isEqualTo("status=open");
        assertThat(client.statistics().quarantines()).isZero(); // one that ends a stream, or has no room, is well
    }

    @Test
    void aResetIsToldAndTheIdBehindItTaken() throws Exception {
        FakeServer server = fake(events("id: now\nevent: reset\ndata: {}\n\n" + event("a")));
        EventSubscription subscription = client(builder -> {}, server.uri()).events(which -> {}, "x", notes);
        assertThat(notes.next()).isEqualTo("reset");
        assertThat(notes.next()).isEqualTo("a");
        Waiting.until(() -> subscription.lastId().equals("a")); // it is taken when the listener has returned
    }

    @Test
    void aServerThatFallsSilentIsLeft() throws Exception {
        RawServer silent = raw(HEAD + event("a"));
        FakeServer other = fake(events(event("b")));
        client(builder -> builder.streamSilence(Duration.ofMillis(200)).firstTurn(0), silent.uri(), other.uri())
                .events(notes);
        List<String> heard = new ArrayList<>();
        while (!heard.containsAll(List.of("a", "b"))) {
            heard.add(notes.next());
        }
        Waiting.until(() -> notes.count() > 0);
    }

    @Test
    void aServerThatSendsNonsenseIsLeftAndNothingOfItHeard() throws Exception {
        FakeServer nonsense = fake(events("event: ticket.created\ndata: {\n\n" + event("never")));
        FakeServer page = fake(FakeServer.answer(200, "text/html", "<p>Welcome"));
        FakeServer well = fake(events(event("a")));
        client(builder -> {}, nonsense.uri(), page.uri(), well.uri()).events(notes);
        assertThat(notes.next()).isEqualTo("a");
        Waiting.until(() -> !nonsense.heard().isEmpty() && !page.heard().isEmpty());
        assertThat(notes.heard).doesNotContain("never");
    }

    @Test
    void aRefusalEndsIt() {
        FakeServer server = fake(FakeServer.problem(400, "invalid-parameter"));
        EventSubscription subscription = client(builder -> {}, server.uri()).events(notes);
        assertThatThrownBy(() -> subscription.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InvalidRequestException.class);
        assertThat(server.heard()).hasSize(1);
    }

    @Test
    void anEventTooLargeEndsIt() {
        FakeServer server = fake(events("data: " + "x".repeat(2_000) + "\n\n"));
        EventSubscription subscription =
                client(builder -> builder.maxAnswer(1_000), server.uri()).events(notes);
        assertThatThrownBy(() -> subscription.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    void serversThatAllFailAreNotAskedWithoutPause() throws Exception {
        FakeServer one = fake(events(""));
        FakeServer two = fake(FakeServer.problem(503, "overloaded"));
        EventSubscription subscription =
                client(builder -> {}, one.uri(), two.uri()).events(notes);
        long begin = System.nanoTime();
        Waiting.until(() -> notes.count() >= 12);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
        subscription.close();
    }

    @Test
    void closingEndsItAtOnceAndForGood() throws Exception {
        RawServer server = raw(HEAD + event("a"));
        TicketMeshClient client = client(builder -> {}, server.uri());
        EventSubscription subscription = client.events(notes);
        assertThat(notes.next()).isEqualTo("a");
        subscription.close();
        subscription.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        Waiting.until(() -> client.statistics().callsUnderWay() == 0);
        assertThat(server.requests()).isEqualTo(1);
        subscription.close();
    }

    @Test
    void itEndsWithItsClientWhileItConnectsTooAndWhileItPauses() throws Exception {
        RawServer hanging = raw("");
        TicketMeshClient connecting = client(builder -> builder.attemptTimeout(Duration.ofMinutes(1)), hanging.uri());
        EventSubscription first = connecting.events(notes);
        Waiting.until(() -> hanging.requests() == 1);
        connecting.close();
        first.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);

        FakeServer full = fake(FakeServer.problem(503, "too-many-streams", "Retry-After", "30"));
        TicketMeshClient pausing = client(builder -> {}, full.uri());
        EventSubscription second = pausing.events(notes);
        Waiting.until(() -> notes.count() >= 1);
        pausing.close();
        second.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThatThrownBy(() -> pausing.events(notes)).isInstanceOf(ClosedException.class);
    }

    @Test
    void aListenerThatFailsOrCallsTheClientStays() throws Exception {
        FakeServer server = fake(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/events")) {
                events(event("a") + event("b")).answer(exchange);
            } else {
                FakeServer.json(200, Shown.ticket("Printer")).answer(exchange);
            }
        });
        TicketMeshClient client = client(builder -> {}, server.uri());
        CountDownLatch read = new CountDownLatch(1);
        EventSubscription subscription = client.events(event -> {
            if (event.eventId().equals("a")) {
                throw new IllegalStateException("not me");
            }
            assertThat(client.get("TM-1").title()).isEqualTo("Printer");
            read.countDown();
        });
        assertThat(read.await(20, TimeUnit.SECONDS)).isTrue();
        subscription.close();
    }
}
