package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import io.ticketmesh.spring.rest.Listening.Event;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Events of one application, listened to through real sockets. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EventsTest {
    /** How long a web server waits for its requests: what a stream that does not end costs. */
    private static final String SERVER_WAITS = "spring.lifecycle.timeout-per-shutdown-phase=60s";

    private static final Duration PROMPT = Duration.ofSeconds(15);

    private final List<AutoCloseable> open = new ArrayList<>();
    private Host host;

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        host.close();
    }

    private void start(String... settings) {
        host = Host.start(settings);
    }

    private Listening listen(String query, String lastId) throws IOException {
        Listening listening = Listening.to(host, "/tickets/events" + query, lastId);
        open.add(listening);
        return listening;
    }

    private Listening listen(String query) throws IOException {
        return listen(query, null);
    }

    private EventStreams streams() {
        return host.context().getBean(EventStreams.class);
    }

    @Test
    void whatHappensIsHeardAsItHappens() throws Exception {
        start("ticketmesh.rest.anonymous-name=alice");
        Listening listening = listen("");
        assertThat(listening.head())
                .anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream;charset=UTF-8"))
                .anyMatch(line -> line.equalsIgnoreCase("Cache-Control: no-store"))
                .anyMatch(line -> line.startsWith("TicketMesh-Version: "));
        Answer created = host.create("Printer");
        String path = "/tickets/" + created.id();
        host.patch(path, "{\"description\":\"Printer\\non fire\"}").is(200);
        host.post(path + "/comments", "{\"body\":\"Help\"}").is(201);
        host.delete(path).is(204);
        host.post(path + "/restore", "{}").is(200);
        Answer last = host.get(path);
        host.delete(path + "?purge=true").is(204);

        assertThat(listening.any()).isEqualTo(new Event("retry", "", "2000"));
        Event event = listening.next();
        assertThat(event.name()).isEqualTo("ticket.created");
        assertThat(event.at("/type")).isEqualTo("ticket.created");
        assertThat(event.at("/ticketId")).isEqualTo(created.id());
        assertThat(event.at("/key")).isEqualTo(created.at("/key"));
        assertThat(event.at("/actor")).isEqualTo("alice");
        assertThat(event.at("/origin")).isEqualTo(host.node().nodeId().toString());
        assertThat(event.at("/at")).isEqualTo(created.at("/createdAt"));
        assertThat(event.at("/etag")).isEqualTo(created.at("/etag"));
        assertThat(event.at("/changes/0/new")).isEqualTo("Printer");
        Event updated = listening.next();
        assertThat(updated.name()).isEqualTo("ticket.updated");
        assertThat(updated.at("/changes/0/new")).isEqualTo("Printer\non fire");
        assertThat(listening.next().name()).isEqualTo("ticket.commented");
        assertThat(listening.next().name()).isEqualTo("ticket.deleted");
        Event restored = listening.next();
        assertThat(restored.name()).isEqualTo("ticket.restored");
        assertThat(restored.at("/etag")).isEqualTo(last.at("/etag"));
        Event purged = listening.next();
        assertThat(purged.name()).isEqualTo("ticket.purged");
        assertThat(purged.data()).doesNotContain("Printer");
    }

    @Test
    void whoComesBackHearsWhatHeMissed() throws Exception {
        start();
        Listening first = listen("");
        host.create("One");
        String id = first.next().id();
        first.close();
        host.create("Two");
        host.create("Three");

        Listening second = listen("", id);
        assertThat(second.next().at("/changes/0/new")).isEqualTo("Two");
        assertThat(second.next().at("/changes/0/new")).isEqualTo("Three");
        Listening third = listen("?lastEventId=" + id);
        assertThat(third.next().at("/changes/0/new")).isEqualTo("Two");
        Listening fourth = listen("?lastEventId=" + id, second.lastId()); // what a browser sends: the header is newer
        host.create("Four");
        assertThat(fourth.next().at("/changes/0/new")).isEqualTo("Four");
    }

    @Test
    void whoHasHeardNothingYetCanComeBackToo() throws Exception {
        start();
        Listening first = listen("");
        Waiting.until(() -> first.lastId() != null);
        first.close();
        host.create("Meanwhile");
        assertThat(listen("", first.lastId()).next().at("/changes/0/new")).isEqualTo("Meanwhile");
    }

    @Test
    void anIdThatNobodyKnowsIsAResetAndThenLife() throws Exception {
        start("ticketmesh.rest.read-wait=50ms");
        host.create("Before");
        for (String id : List.of("x", "!!!", "AQ", "7", "a".repeat(5_000))) {
            Listening listening = listen("", id);
            Event reset = listening.next();
            assertThat(reset.name()).isEqualTo("reset");
            host.create("After");
            assertThat(listening.next().at("/changes/0/new")).isEqualTo("After");
            Listening resumed = listen("", reset.id());
            assertThat(resumed.next().at("/changes/0/new")).isEqualTo("After");
        }
    }

    @Test
    void onlyWhatMatchesIsHeardButEveryPurge() throws Exception {
        start("ticketmesh.rest.events.keep-alive=50ms");
        Listening urgent = listen("?priority=urgent&q=fire");
        host.create("Printer");
        Answer fire = host.post("/tickets", "{\"title\":\"Fire\",\"priority\":\"urgent\"}")
                .is(201);
        String other = "/tickets/" + host.create("Mouse").id();
        host.patch("/tickets/" + fire.id(), "{\"priority\":\"low\"}").is(200);
        host.delete(other + "?purge=true").is(204);
        assertThat(urgent.next().at("/ticketId")).isEqualTo(fire.id());
        assertThat(urgent.next().name()).isEqualTo("ticket.purged");
        String id = urgent.lastId();

        host.create("Not for him");
        Waiting.until(() -> !id.equals(urgent.lastId())); // the id goes on although nothing is told
        Listening all = listen("", urgent.lastId());
        host.create("Next");
        assertThat(all.next().at("/changes/0/new")).isEqualTo("Next");
        Listening living = listen("?deleted=false");
        host.delete("/tickets/" + fire.id()).is(204);
        host.create("Last");
        assertThat(living.next().at("/changes/0/new")).isEqualTo("Last");
    }

    @Test
    void aSilentStreamShowsThatItLives() throws Exception {
        start("ticketmesh.rest.events.keep-alive=50ms");
        Listening listening = listen("");
        assertThat(listening.any().name()).isEqualTo("retry");
        assertThat(listening.any()).isEqualTo(new Event("comment", "", ": alive"));
        assertThat(listening.any()).isEqualTo(new Event("comment", "", ": alive"));
    }

    @Test
    void whatIsAskedWronglyIsAProblem() {
        start("ticketmesh.rest.events.max-streams=0");
        host.get("/tickets/events?stattus=open").isProblem(400, "invalid-parameter");
        host.get("/tickets/events", "Accept", "application/json").isProblem(406, "not-acceptable");
        host.get("/tickets/events", "Last-Event-ID", "a", "Last-Event-ID", "b").isProblem(400, "invalid-header");
        host.post("/tickets/events", "{}").isProblem(405, "method-not-allowed");
        Answer full = host.get("/tickets/events").isProblem(503, "too-many-streams");
        assertThat(full.header("Retry-After")).isEqualTo("2");
        host.get("/tickets/changes?limit=0").isProblem(400, "invalid-parameter");
    }

    @Test
    void streamsAreCountedAndThoseOfPeopleWhoLeftAreNot() throws Exception {
        start("ticketmesh.rest.events.max-streams=1", "ticketmesh.rest.events.keep-alive=20ms");
        Listening first = listen("");
        host.get("/tickets/events").isProblem(503, "too-many-streams");
        assertThat(host.send("HEAD", "/tickets/events", null).status()).isEqualTo(503);
        first.close();
        Waiting.until(() -> streams().size() == 0);
        Listening second = listen("");
        host.create("Printer");
        assertThat(second.next().name()).isEqualTo("ticket.created");
    }

    @Test
    void theApplicationStopsAtOnceAlthoughPeopleListen() throws Exception {
        start(SERVER_WAITS);
        List<Listening> listeners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            listeners.add(listen(""));
        }
        host.create("Printer");
        for (Listening listening : listeners) {
            listening.next();
        }
        EventStreams streams = streams();
        long begin = System.nanoTime();
        streams.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
        host.get("/tickets/events").isProblem(503, "too-many-streams");
        host.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
        for (Listening listening : listeners) {
            listening.awaitEnd();
        }
        assertThat(streams.size()).isZero();
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("ticketmesh-streams")));
    }

    @Test
    void whoDoesNotReadIsDisconnectedAndHoldsUpNobody() throws Exception {
        start("ticketmesh.rest.events.patience=2s", "ticketmesh.rest.max-body=4MB", SERVER_WAITS);
        Listening reading = listen("");
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new java.net.InetSocketAddress("127.0.0.1", host.port()));
            deaf.getOutputStream()
                    .write("GET /tickets/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            Waiting.until(() -> streams().size() == 2);
            String description = "x".repeat(60_000);
            Set<String> written = new HashSet<>();
            Set<String> heard = new HashSet<>();
            for (int i = 0; i < 300; i++) {
                written.add(host.post("/tickets", "{\"title\":\"T\",\"description\":\"" + description + "\"}")
                        .is(201)
                        .id());
                heard.add(reading.next().at("/ticketId"));
            }
            assertThat(heard).isEqualTo(written);
            Waiting.until(() -> streams().size() == 1);
            host.create("Last");
            assertThat(reading.next().name()).isEqualTo("ticket.created");
            long begin = System.nanoTime();
            reading.close();
            host.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMPT);
        }
    }

    @Test
    void whoAsksFromTimeToTimeIsToldTheSame() {
        start();
        host.create("Before");
        Answer beginning = host.get("/tickets/changes").is(200);
        assertThat(beginning.at("/items")).isEqualTo("[]");
        assertThat(beginning.at("/more")).isEqualTo("false");
        for (int i = 0; i < 5; i++) {
            host.create("Ticket " + i);
        }
        List<String> titles = new ArrayList<>();
        String next = beginning.at("/next");
        boolean more = true;
        while (more) {
            Answer page = host.get("/tickets/changes?limit=2&since=" + next).is(200);
            for (int i = 0; i < 2 && page.has("/items/" + i); i++) {
                titles.add(page.at("/items/" + i + "/changes/0/new"));
            }
            next = page.at("/next");
            more = page.at("/more").equals("true");
        }
        assertThat(titles).containsExactly("Ticket 0", "Ticket 1", "Ticket 2", "Ticket 3", "Ticket 4");
        assertThat(host.get("/tickets/changes?since=" + next).is(200).at("/items"))
                .isEqualTo("[]");
        Answer gone = host.get("/tickets/changes?since=nonsense").isProblem(410, "changes-gone");
        assertThat(gone.at("/reset")).isEqualTo("true");
        host.get("/tickets/changes?since=" + gone.at("/next")).is(200);
        assertThat(host.get("/tickets/changes?q=ticket&since=" + beginning.at("/next"))
                        .is(200)
                        .each("/items", "type"))
                .hasSize(5);
    }

    /** A host whose filter keeps answers back to compute a tag of their whole. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Tagging {
        @Bean
        ShallowEtagHeaderFilter tags() {
            return new ShallowEtagHeaderFilter();
        }
    }

    @Test
    void aHostThatKeepsAnswersBackLetsEventsThrough() throws Exception {
        host = Host.start(Tagging.class);
        Listening listening = listen("");
        host.create("Printer");
        assertThat(listening.next().name()).isEqualTo("ticket.created");
    }
}
