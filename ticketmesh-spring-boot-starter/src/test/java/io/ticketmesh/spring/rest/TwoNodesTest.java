package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.node.Subscription;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.spring.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two applications whose nodes are connected by a cable that can be pulled. */
class TwoNodesTest {
    private Host alice;
    private Host bob;

    @BeforeEach
    void start() {
        Wired.anew();
        alice = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=alice");
        bob = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=bob");
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    private void converge() throws InterruptedException {
        converge(alice, bob);
    }

    /** Waits until both hold the same, woken by what happens at either. */
    private static void converge(Host one, Host two) throws InterruptedException {
        LinkedBlockingQueue<TicketEvent> news = new LinkedBlockingQueue<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        try (Subscription atOne = one.node().subscribe(news::add);
                Subscription atTwo = two.node().subscribe(news::add)) {
            boolean equal = false;
            while (!equal && System.nanoTime() - end < 0) {
                // looked at once: a third node may write meanwhile
                equal = one.node().version().equals(two.node().version());
                if (!equal) {
                    news.poll(200, TimeUnit.MILLISECONDS);
                }
            }
            assertThat(equal).as("equal at some moment").isTrue();
        }
    }

    private String sharedTicket() throws InterruptedException {
        String path = "/tickets/" + alice.create("Printer").id();
        converge();
        return path;
    }

    private void disagreeAbout(String path) throws InterruptedException {
        Wired.PLUGGED.set(false);
        alice.patch(path, "{\"title\":\"Printer on fire\",\"priority\":\"urgent\"}")
                .is(200);
        bob.patch(path, "{\"title\":\"Printer is warm\",\"priority\":\"urgent\"}")
                .is(200);
        Wired.PLUGGED.set(true);
        converge();
    }

    @Test
    void whatIsSetUpAtOneNodeIsThereAtTheOther() throws InterruptedException {
        String ticket = sharedTicket();
        put(alice, "/ticketmesh/views/hot", "{\"title\":\"Hot\",\"query\":\"priority=urgent\",\"shared\":true}");
        put(alice, "/ticketmesh/replies/more", "{\"title\":\"More\",\"body\":\"{{ticket.title}}?\"}");
        put(alice, "/ticketmesh/views/mine", "{\"title\":\"Mine\"}");
        converge();

        assertThat(bob.get("/ticketmesh/views/hot").is(200).header("ETag"))
                .isEqualTo(alice.get("/ticketmesh/views/hot").header("ETag"));
        assertThat(bob.get("/tickets?view=hot").is(200).each("/items", "id")).isEmpty();
        assertThat(bob.get(ticket + "/replies/more").is(200).at("/body")).isEqualTo("Printer?");
        bob.get("/ticketmesh/views/mine").isProblem(404, "not-found");

        Wired.PLUGGED.set(false);
        put(alice, "/ticketmesh/views/hot", "{\"title\":\"Of Alice\",\"shared\":true}");
        put(bob, "/ticketmesh/views/hot", "{\"title\":\"Of Bob\",\"query\":\"priority=low\",\"shared\":true}");
        Wired.PLUGGED.set(true);
        converge();

        String view = alice.get("/ticketmesh/views/hot").is(200).text();
        assertThat(view).contains("Of ");
        assertThat(bob.get("/ticketmesh/views/hot").is(200).text()).isEqualTo(view);
    }

    private static void put(Host host, String path, String body) {
        assertThat(host.send("PUT", path, body, "Content-Type", "application/json")
                        .status())
                .isIn(200, 201);
    }

    @Test
    void aTicketHasTheSameEntityTagEverywhere() throws InterruptedException {
        String path = sharedTicket();
        assertThat(bob.get(path).is(200).text()).isEqualTo(alice.get(path).text());
        assertThat(bob.get("/ticketmesh/mesh/digest").text())
                .isEqualTo(alice.get("/ticketmesh/mesh/digest").text());
        Answer patched = bob.patch(
                        path,
                        "{\"assignee\":\"bob\"}",
                        "If-Match",
                        alice.get(path).etag())
                .is(200);
        converge();
        assertThat(alice.get(path).etag()).isEqualTo(patched.etag());
    }

    @Test
    void aConflictIsShownOnBothSidesAndSettledOnOne() throws InterruptedException {
        String path = sharedTicket();
        disagreeAbout(path);
        assertThat(alice.get(path).text()).isEqualTo(bob.get(path).text());
        assertThat(alice.get(path).at("/conflicts")).isEqualTo("[\"title\"]");
        assertThat(bob.get("/tickets?has=conflict&count=true").at("/total")).isEqualTo("1");
        Answer conflicts = bob.get(path + "/conflicts").is(200);
        assertThat(conflicts.at("/items/0/field")).isEqualTo("title");
        assertThat(conflicts.at("/items/0/winner/value")).isEqualTo("Printer is warm");
        assertThat(conflicts.at("/items/0/losers/0/value")).isEqualTo("Printer on fire");
        assertThat(conflicts.at("/items/0/losers/0/actor")).isEqualTo("alice");
        assertThat(conflicts.at("/items/0/losers/0/node"))
                .isEqualTo(alice.node().nodeId().toString());

        bob.post(path + "/conflicts/priority", "{\"value\":\"low\"}").isProblem(409, "no-conflict");
        bob.post(path + "/conflicts/title", "{\"value\":12}").isProblem(422, "invalid");
        String settlement = "{\"value\":\"Printer is warm\"}";
        Answer settled = bob.post(path + "/conflicts/title", settlement, "Idempotency-Key", "s")
                .is(200);
        assertThat(settled.at("/conflicts")).isEqualTo("[]");
        Answer again = bob.post(path + "/conflicts/title", settlement, "Idempotency-Key", "s")
                .is(200);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.text()).isEqualTo(settled.text());
        converge();
        assertThat(alice.get(path).at("/conflicts")).isEqualTo("[]");
        assertThat(alice.get("/tickets?has=conflict&count=true").at("/total")).isEqualTo("0");
    }

    @Test
    void itIsToldWhereATicketWasAcceptedAndWhoHoldsIt() throws InterruptedException {
        String first = sharedTicket();
        Waiting.until(() ->
                alice.get(first + "/copies").is(200).each("/members", "holds").equals(List.of("true", "true")));
        String path = "/tickets/" + alice.create("Second").id();
        Waiting.until(() -> bob.get(path).status() == 200
                && alice.get(path + "/copies").is(200).each("/members", "holds").equals(List.of("true", "true")));

        Answer copies = alice.get(path + "/copies");
        assertThat(copies.at("/members/0/id")).isEqualTo(alice.node().nodeId().toString());
        assertThat(copies.at("/members/0/accepted")).isEqualTo("true");
        assertThat(copies.at("/members/1/id")).isEqualTo(bob.node().nodeId().toString());
        assertThat(copies.at("/members/1/accepted")).isEqualTo("false");
        assertThat(Instant.parse(copies.at("/members/1/knownAt"))).isAfterOrEqualTo(Instant.parse(copies.at("/at")));
        Answer there = bob.get(path + "/copies").is(200);
        assertThat(there.at("/operation")).isEqualTo(copies.at("/operation"));
        assertThat(there.has("/members/0/knownAt")).as("when it came here").isTrue();
        alice.get("/tickets/TM-00000000/copies").isProblem(404, "unknown-ticket");
        alice.get(path + "/copies?x=1").isProblem(400, "invalid-parameter");
    }

    @Test
    void whoJoinedIsTold() throws InterruptedException {
        sharedTicket();
        Waiting.until(() -> !alice.get("/ticketmesh/mesh").at("/movements").equals("[]"));

        Answer mesh = alice.get("/ticketmesh/mesh");
        assertThat(mesh.at("/movements/0/id")).isEqualTo(bob.node().nodeId().toString());
        assertThat(mesh.at("/movements/0/kind")).isEqualTo("joined");
        assertThat(mesh.each("/members", "wire")).hasSize(2).doesNotContain("0");
    }

    @Test
    void aRetryAcrossAPartitionIsOneTicketAfterwards() throws InterruptedException {
        Wired.PLUGGED.set(false);
        String body = "{\"title\":\"Sent twice\"}";
        // the key belongs to a principal, so both sides must see the same one
        try (Host other = Host.start(Wired.class, "ticketmesh.rest.anonymous-name=alice")) {
            Answer first =
                    alice.post("/tickets", body, "Idempotency-Key", "retry").is(201);
            Answer second =
                    other.post("/tickets", body, "Idempotency-Key", "retry").is(201);
            assertThat(second.id()).isEqualTo(first.id());
            Wired.PLUGGED.set(true);
            converge();
            converge(alice, other);
            for (Host host : new Host[] {alice, bob, other}) {
                assertThat(host.get("/tickets?count=true").at("/total")).isEqualTo("1");
            }
            assertThat(other.get("/tickets/" + first.id()).text())
                    .isEqualTo(alice.get("/tickets/" + first.id()).text());
        }
    }
}
