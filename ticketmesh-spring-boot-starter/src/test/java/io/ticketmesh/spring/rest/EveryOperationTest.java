package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A walk through all operations of the OpenAPI document, each of which succeeds in all ways that the document tells; {@link Host} holds
 * the answers against it.
 */
class EveryOperationTest {
    private Host alice;
    private Host bob;

    @BeforeEach
    void start() {
        Wired.anew();
        alice = Host.start(Wired.class, Receiving.ALLOWED);
        bob = Host.start(Wired.class);
    }

    @AfterEach
    void stop() {
        bob.close();
        alice.close();
    }

    @Test
    void everyOperationSucceedsAsTheDocumentTells() throws Exception {
        String ticket = makeTickets();
        label(ticket);
        talk(ticket);
        attach(ticket);
        disagreeAndSettle(ticket);
        define(ticket);
        exchange();
        listen();
        end(ticket);
        tellOthers();
        lookAtTheNode();
        Set<String> missed = new TreeSet<>(alice.contract().successes());
        missed.removeAll(alice.contract().exercised());
        assertThat(missed)
                .as(
                        "operations, with the status of their success, that this walk leaves out; add a request for each to it")
                .isEmpty();
    }

    private String makeTickets() {
        String ticket = "/tickets/" + alice.create("Printer on fire").id();
        alice.send(
                        "PUT",
                        "/tickets/0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d",
                        "{\"title\":\"Chosen\"}",
                        "Content-Type",
                        "application/json",
                        "If-None-Match",
                        "*")
                .is(201);
        alice.get("/tickets?count=true&sort=-priority,updatedAt&limit=1").is(200);
        alice.get("/tickets?fields=key,title").is(200);
        alice.get("/tickets?q=printer&highlight=true").is(200);
        alice.get("/tickets/similar?title=Printer%20on%20fire").is(200);
        alice.get(ticket).is(200);
        alice.get(ticket + "/copies").is(200);
        alice.patch(ticket, """
                        {"priority": "urgent", "assignee": "dora", "tags": ["hot"], "dueDate": "2026-12-01",
                         "customFields": {"floor": 3, "note": "x", "seen": true, "day": {"date": "2026-01-31"},
                                          "time": {"instant": "2026-01-31T14:05:00.000Z"}, "names": ["a", "b"]}}""").is(200);
        return ticket;
    }

    private void label(String ticket) {
        String other = alice.create("Other").id();
        for (String label : new String[] {"/tags/warm", "/watchers/carol", "/links/blocks/" + other}) {
            alice.put(ticket + label).is(204);
            alice.delete(ticket + label).is(204);
        }
    }

    private void talk(String ticket) {
        String comment = alice.post(ticket + "/comments", "{\"body\":\"On my way\"}")
                .is(201)
                .header("Location");
        alice.get(comment).is(200);
        alice.patch(comment, "{\"body\":\"On my way, with a bucket\"}").is(200);
        alice.get(ticket + "/comments?limit=1").is(200);
        alice.delete(comment).is(204);
        alice.get(ticket + "/transitions").is(200);
        alice.post(
                        ticket + "/transitions",
                        "{\"to\":\"pending\",\"pendingUntil\":\"2027-01-01T00:00:00.000Z\",\"comment\":\"Later\"}")
                .is(200);
        alice.get(ticket + "/history").is(200);
    }

    private void attach(String ticket) {
        String file = alice.send(
                        "POST", ticket + "/attachments?name=note.txt", "It burns", "Content-Type", "text/plain")
                .is(201)
                .header("Location");
        alice.get(ticket + "/attachments").is(200);
        alice.get(file).is(200);
        alice.get(file, "Range", "bytes=3-").is(206);
        alice.delete(file).is(204);
    }

    private void disagreeAndSettle(String ticket) {
        converge();
        Wired.PLUGGED.set(false);
        for (Host host : new Host[] {alice, bob}) {
            String name = host == alice ? "alice" : "bob";
            host.patch(ticket, "{\"title\":\"Said by " + name + "\",\"assignee\":\"" + name + "\"}")
                    .is(200);
        }
        bob.post(ticket + "/transitions", "{\"to\":\"open\"}").is(200);
        alice.post(ticket + "/transitions", "{\"to\":\"resolved\",\"resolution\":\"workaround\"}")
                .is(200);
        Wired.PLUGGED.set(true);
        converge();
        assertThat(alice.get(ticket + "/conflicts").is(200).each("/items", "field"))
                .containsExactlyInAnyOrder("title", "assignee", "status");
        alice.post(ticket + "/conflicts/title", "{\"value\":\"Printer on fire\"}")
                .is(200);
        alice.post(ticket + "/conflicts/assignee", "{\"value\":null}").is(200);
        alice.post(ticket + "/conflicts/status", "{\"value\":{\"status\":\"open\"}}")
                .is(200);
    }

    private void converge() {
        Waiting.until(() -> alice.node().version().equals(bob.node().version()));
    }

    private void define(String ticket) {
        String view = "/ticketmesh/views/urgent";
        for (int status : new int[] {201, 200}) {
            put(view, "{\"title\":\"Urgent\",\"query\":\"priority=urgent\",\"columns\":[\"key\"]}")
                    .is(status);
            put("/ticketmesh/replies/more", "{\"title\":\"Ask\",\"body\":\"Dear {{reporter}}\",\"tags\":[\"asked\"]}")
                    .is(status);
        }
        alice.get("/ticketmesh/views").is(200);
        String etag = alice.get(view).is(200).header("ETag");
        alice.get(view, "If-None-Match", etag).is(304);
        alice.get("/tickets?view=urgent").is(200);
        alice.get("/ticketmesh/replies").is(200);
        String other = alice.get("/ticketmesh/replies/more").is(200).header("ETag");
        alice.get("/ticketmesh/replies/more", "If-None-Match", other).is(304);
        alice.get(ticket + "/replies/more").is(200);
        alice.post(ticket + "/replies/more", "{\"kind\":\"public\"}").is(201);
        alice.delete(view).is(204);
        alice.delete("/ticketmesh/replies/more").is(204);
    }

    private Answer put(String path, String body) {
        return alice.send("PUT", path, body, "Content-Type", "application/json");
    }

    private void exchange() {
        alice.post(
                        "/tickets/bulk",
                        "{\"operations\":[{\"op\":\"create\",\"body\":{\"title\":\"One of many\"}},{\"op\":\"explode\"}]}")
                .is(207);
        String lines = alice.get("/tickets/export").is(200).text();
        assertThat(lines.lines()).hasSizeGreaterThan(2);
        alice.get("/tickets/export?format=csv").is(200);
        alice.send("POST", "/tickets/import?dryRun=true", lines, "Content-Type", "application/x-ndjson")
                .is(200);
        alice.get("/tickets/stats").is(200);
        alice.get("/tickets/stats?from=2026-11-01&to=2026-11-30&zone=Europe/Berlin&status=open")
                .is(200);
    }

    private void listen() throws IOException, InterruptedException {
        String since = alice.get("/tickets/changes").is(200).at("/next");
        try (Listening listening = Listening.to(alice, "/tickets/events", null)) {
            alice.create("Heard");
            listening.next();
        }
        assertThat(alice.get("/tickets/changes?since=" + since).is(200).each("/items", "type"))
                .contains("ticket.created");
    }

    private void end(String ticket) {
        alice.delete(ticket).is(204);
        alice.post(ticket + "/restore", "{}").is(200);
        alice.post(ticket + "/merge", "{\"into\":\"0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d\"}")
                .is(200);
        alice.delete(ticket + "?purge=true").is(204);
    }

    private void tellOthers() {
        try (Receiving receiving = Receiving.start()) {
            String webhooks = "/ticketmesh/webhooks";
            String one = webhooks + "/"
                    + alice.post(webhooks, "{\"url\":\"" + receiving.url() + "\"}")
                            .is(201)
                            .id();
            alice.get(webhooks).is(200);
            alice.get(one).is(200);
            alice.patch(one, "{\"events\":[\"ticket.created\"]}").is(200);
            alice.post(one + "/rotate", "{}").is(200);
            alice.post(one + "/ping", "{}").is(200);
            alice.create("Told");
            Waiting.until(() ->
                    !alice.get(one + "/deliveries").is(200).each("/items", "id").isEmpty());
            String delivery =
                    alice.get(one + "/deliveries").each("/items", "id").get(0);
            alice.post(one + "/deliveries/" + delivery + "/redeliver", "{}").is(200);
            alice.delete(one).is(204);
        }
    }

    private void lookAtTheNode() {
        String node = "/ticketmesh";
        String type = "application/vnd.ticketmesh.bundle";
        byte[] bundle = alice.get(node + "/bundle").is(200).body();
        assertThat(alice.sendAsync("POST", node + "/bundle", bundle, "Content-Type", type)
                        .join()
                        .is(200)
                        .at("/added"))
                .isEqualTo("0");
        String erasure = alice.post(node + "/erasures", "{\"person\":\"mallory\"}")
                .is(202)
                .header("Location");
        Waiting.until(() -> alice.get(erasure).status() == 200);
        assertThat(alice.get(node + "/erasures").is(200).each("/items", "mode")).containsExactly("redact");
        alice.post(node + "/incidents", "{\"dedupKey\":\"disk\",\"severity\":\"critical\"}")
                .is(202);
        Stream.of("/session", "/meta", "/mesh", "/mesh/digest", "/openapi.json")
                .forEach(path -> alice.get(node + path).is(200));
        String gone = bob.node().nodeId().toString();
        Waiting.until(() -> alice.node().status().members().size() == 2);
        bob.close();
        alice.delete(node + "/mesh/members/" + gone).is(204);
    }
}
