package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.rest.Listening.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers of events who go from one application to the other. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EventsOnTwoNodesTest {
    private Host alice;
    private Host bob;

    @BeforeEach
    void start() {
        Wired.anew();
        alice = Host.start(Wired.class, "ticketmesh.rest.read-wait=10s", "ticketmesh.rest.anonymous-name=alice");
        bob = Host.start(Wired.class, "ticketmesh.rest.read-wait=10s", "ticketmesh.rest.anonymous-name=bob");
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    private static CompletableFuture<Void> writing(Host host, int count, Set<String> written) {
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; i++) {
                Answer ticket = host.create("Ticket");
                written.add(ticket.id() + " " + ticket.at("/etag"));
                Answer changed = host.patch("/tickets/" + ticket.id(), "{\"title\":\"Ticket " + i + "\"}")
                        .is(200);
                written.add(ticket.id() + " " + changed.at("/etag"));
            }
        });
    }

    @Test
    void whoGoesFromOneToTheOtherWhileBothWriteMissesNothing() throws Exception {
        Listening listening = Listening.to(alice, "/tickets/events", null);
        Set<String> written = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> writers =
                CompletableFuture.allOf(writing(alice, 150, written), writing(bob, 150, written));
        List<String> heard = new ArrayList<>();
        int moves = 0;
        while (new HashSet<>(heard).size() < 600) {
            for (int i = 0; i < 37 && new HashSet<>(heard).size() < 600; i++) {
                Event event = listening.next();
                assertThat(event.name()).as("after %s events", heard.size()).startsWith("ticket.");
                heard.add(event.at("/ticketId") + " " + event.at("/etag"));
            }
            listening.close();
            moves++;
            listening = Listening.to(moves % 2 == 0 ? alice : bob, "/tickets/events", listening.lastId());
        }
        writers.get(60, TimeUnit.SECONDS);
        listening.close();

        assertThat(moves).isGreaterThan(15);
        assertThat(heard).doesNotHaveDuplicates();
        assertThat(new HashSet<>(heard)).isEqualTo(written);
        Map<String, Integer> places = new HashMap<>();
        for (String event : heard) {
            places.merge(event.substring(0, 36), 1, Integer::sum);
        }
        assertThat(places.values()).containsOnly(2);
    }

    @Test
    void whatThisNodeHasNotHeardOfIsAResetAndNotAGap() throws Exception {
        Listening listening = Listening.to(alice, "/tickets/events", null);
        Wired.PLUGGED.set(false);
        alice.create("Only here");
        String id = listening.next().id();
        listening.close();

        Listening elsewhere = Listening.to(bob, "/tickets/events", id);
        assertThat(elsewhere.next().name()).isEqualTo("reset");
        bob.get("/tickets/changes?since=" + id).isProblem(410, "changes-gone");
        Wired.PLUGGED.set(true);
        assertThat(elsewhere.next().at("/changes/0/new")).isEqualTo("Only here");
        assertThat(bob.get("/tickets/changes?since=" + id).is(200).at("/items")).isEqualTo("[]");
        elsewhere.close();
    }

    @Test
    void aNodeThatLagsIsWaitedForAMoment() throws Exception {
        bob.close();
        bob = Host.start(Wired.class, "ticketmesh.rest.read-wait=30s");
        Listening listening = Listening.to(alice, "/tickets/events", null);
        Wired.PLUGGED.set(false);
        alice.create("Only here");
        String id = listening.next().id();
        listening.close();

        CompletableFuture<Answer> asked = bob.sendAsync("GET", "/tickets/changes?since=" + id, null);
        Wired.PLUGGED.set(true);
        assertThat(asked.get(60, TimeUnit.SECONDS).is(200).at("/items")).isEqualTo("[]");
    }
}
