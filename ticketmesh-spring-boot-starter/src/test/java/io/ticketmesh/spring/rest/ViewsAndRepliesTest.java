package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice and Bob report, Anna works on what they report. */
class ViewsAndRepliesTest {
    private static final String URGENT =
            "{\"title\":\"Urgent\",\"query\":\"priority=urgent\",\"sort\":\"createdAt\",\"columns\":[\"key\",\"title\"]}";
    private static final String SHARED = URGENT.replace("}", ",\"shared\":true}");
    private static final String MORE = "{\"title\":\"Ask\",\"body\":\"Dear {{reporter}}, what of {{ticket.title}}?\","
            + "\"status\":\"pending\",\"tags\":[\"asked\"]}";

    private final Host host = Host.start(SignedIn.class, SignedIn.ROLES);

    @AfterEach
    void stop() {
        host.close();
    }

    private Answer put(String path, String body, String... headers) {
        return host.send("PUT", path, body, Host.with(headers, "Content-Type", "application/json"));
    }

    private String ticketOf(String[] who, String title, String priority) {
        Waiting.untilTheClockMoves();
        return "/tickets/"
                + host.post("/tickets", "{\"title\":\"" + title + "\",\"priority\":\"" + priority + "\"}", who)
                        .is(201)
                        .id();
    }

    @Test
    void aViewIsItsOwnersUntilItIsShared() {
        Answer made = put("/ticketmesh/views/urgent", URGENT, ALICE).is(201);
        assertThat(made.at("/owner")).isEqualTo("alice");
        assertThat(made.at("/shared")).isEqualTo("false");
        assertThat(made.header("ETag")).isEqualTo("\"" + made.at("/etag") + "\"");
        put("/ticketmesh/views/urgent", URGENT, ALICE).is(200);

        host.get("/ticketmesh/views/urgent", BOB).isProblem(404, "not-found");
        assertThat(host.get("/ticketmesh/views", BOB).is(200).each("/items", "name"))
                .isEmpty();
        put("/ticketmesh/views/urgent", SHARED, BOB).isProblem(403, "access-denied");
        put("/ticketmesh/views/urgent", SHARED, ANNA).is(201);

        assertThat(host.get("/ticketmesh/views/urgent", BOB).is(200).at("/updatedBy"))
                .isEqualTo("anna");
        assertThat(host.get("/ticketmesh/views/urgent", ALICE).at("/shared")).isEqualTo("false");
        assertThat(host.get("/ticketmesh/views/urgent?shared=true", ALICE).at("/shared"))
                .isEqualTo("true");
        assertThat(host.get("/ticketmesh/views", ALICE).each("/items", "shared"))
                .containsExactly("false", "true");
        host.delete("/ticketmesh/views/urgent", BOB).isProblem(403, "access-denied");
        host.delete("/ticketmesh/views/urgent", ALICE).is(204);
        host.delete("/ticketmesh/views/urgent?shared=false", ALICE).is(204);
        assertThat(host.get("/ticketmesh/views/urgent", ALICE).at("/shared")).isEqualTo("true");
    }

    @Test
    void whoMayNotComeInHasNoViews() {
        String[] stranger = SignedIn.as("sam", "gardener");
        host.get("/ticketmesh/views", stranger).isProblem(403, "access-denied");
        put("/ticketmesh/views/x", URGENT, stranger).isProblem(403, "access-denied");
        host.get("/ticketmesh/replies", stranger).isProblem(403, "access-denied");
    }

    @Test
    void aListTakesItsConditionsAndOrderFromAView() {
        ticketOf(ALICE, "Printer", "urgent");
        ticketOf(ALICE, "Scanner", "low");
        ticketOf(ALICE, "Copier", "urgent");
        ticketOf(BOB, "Of Bob", "urgent");
        put("/ticketmesh/views/urgent", SHARED, ANNA).is(201);

        Answer list = host.get("/tickets?view=urgent&count=true", ALICE).is(200);
        assertThat(list.each("/items", "title")).containsExactly("Printer", "Copier");
        assertThat(list.at("/total")).isEqualTo("2");
        assertThat(list.has("/items/0/description")).as("tickets are whole").isTrue();
        assertThat(host.get("/tickets?view=urgent&sort=-createdAt&fields=title", ALICE)
                        .each("/items", "title"))
                .containsExactly("Copier", "Printer");
        host.awaitIndex(ANNA);
        assertThat(host.get("/tickets?view=urgent&q=printer", ANNA).each("/items", "title"))
                .containsExactly("Printer");
        Answer page = host.get("/tickets?view=urgent&limit=1", ANNA).is(200);
        assertThat(host.get("/tickets?view=urgent&limit=1&cursor=" + page.at("/next"), ANNA)
                        .is(200)
                        .each("/items", "title"))
                .containsExactly("Copier");
        assertThat(host.get("/tickets/export?format=ndjson&view=urgent", ALICE)
                        .is(200)
                        .text()
                        .lines())
                .hasSize(2);
        host.get("/tickets?view=unknown", ANNA).isProblem(400, "invalid-parameter");
    }

    @Test
    void meInAViewIsWhoLooks() {
        put("/ticketmesh/views/mine", "{\"title\":\"Mine\",\"query\":\"reporter=%40me\",\"shared\":true}", ANNA)
                .is(201);
        ticketOf(ALICE, "Of Alice", "low");
        ticketOf(BOB, "Of Bob", "low");

        assertThat(host.get("/tickets?view=mine", ALICE).each("/items", "title"))
                .containsExactly("Of Alice");
        assertThat(host.get("/tickets?view=mine", ANNA).each("/items", "title")).isEmpty();
    }

    @Test
    void preconditionsGuardAView() {
        String path = "/ticketmesh/views/x";
        String etag = put(path, URGENT, Host.with(ALICE, "If-None-Match", "*"))
                .is(201)
                .header("ETag");
        put(path, URGENT, Host.with(ALICE, "If-None-Match", "*")).isProblem(412, "precondition-failed");
        put(path, URGENT, Host.with(ALICE, "If-None-Match", "\"a\"")).isProblem(400, "invalid-header");
        assertThat(put(path, "{\"title\":\"Other\"}", Host.with(ALICE, "If-Match", "\"old\""))
                        .isProblem(412, "precondition-failed")
                        .header("ETag"))
                .isEqualTo(etag);
        host.get(path, Host.with(ALICE, "If-None-Match", etag)).is(304);
        String newer = put(path, "{\"title\":\"Other\"}", Host.with(ALICE, "If-Match", etag))
                .is(200)
                .header("ETag");
        host.delete(path, Host.with(ALICE, "If-Match", etag)).isProblem(412, "precondition-failed");
        host.delete(path, Host.with(ALICE, "If-Match", newer)).is(204);
        put(path, URGENT, Host.with(ALICE, "If-Match", "*")).isProblem(412, "precondition-failed");
    }

    @Test
    void allThatIsWrongWithAViewIsTold() {
        Answer refused = put(
                        "/ticketmesh/views/x",
                        "{\"title\":\"x\",\"query\":\"status=lost\",\"owner\":\"bob\",\"colour\":1,\"shared\":\"yes\"}",
                        ALICE)
                .isProblem(422, "invalid");
        assertThat(refused.each("/errors", "pointer"))
                .containsExactlyInAnyOrder("/query", "/owner", "/colour", "/shared");
        put("/ticketmesh/views/x", "{\"title\":\"x\",\"query\":\"colour=red\"}", ALICE)
                .isProblem(422, "invalid");
        put("/ticketmesh/views/x", "{\"title\":\"x\",\"sort\":\"colour\"}", ALICE)
                .isProblem(422, "invalid");
        put("/ticketmesh/views/No%20Slug", URGENT, ALICE).isProblem(422, "invalid");
        put("/ticketmesh/views/x", "[]", ALICE).isProblem(422, "invalid");
        host.get("/ticketmesh/views/No%20Slug", ALICE).isProblem(404, "not-found");
        host.get("/ticketmesh/views/x?shared=perhaps", ALICE).isProblem(400, "invalid-parameter");
        put("/ticketmesh/views/x", URGENT, Host.with(ALICE, "TicketMesh-Acks", "all"))
                .isProblem(400, "invalid-header");
    }

    @Test
    void repliesAreForThoseWhoWorkOnTickets() {
        String ticket = ticketOf(ALICE, "Printer", "low");
        put("/ticketmesh/replies/more", MORE, ALICE).isProblem(403, "access-denied");
        Answer made = put("/ticketmesh/replies/more", MORE, ANNA).is(201);
        put("/ticketmesh/replies/more", MORE, Host.with(ANNA, "If-Match", made.header("ETag")))
                .is(200);
        assertThat(host.get("/ticketmesh/replies", ANNA).is(200).each("/items", "title"))
                .containsExactly("Ask");
        host.get("/ticketmesh/replies/more", Host.with(ANNA, "If-None-Match", made.header("ETag")))
                .is(304);
        host.get("/ticketmesh/replies", ALICE).isProblem(403, "access-denied");
        host.get("/ticketmesh/replies/more", ALICE).isProblem(403, "access-denied");
        host.get(ticket + "/replies/more", ALICE).isProblem(403, "access-denied");
        host.get(ticket + "/replies/more", BOB).isProblem(404, "unknown-ticket");
        host.delete("/ticketmesh/replies/more", ALICE).isProblem(403, "access-denied");
        host.delete("/ticketmesh/replies/more", ANNA).is(204);
        host.get("/ticketmesh/replies/more", ANNA).isProblem(404, "not-found");
    }

    @Test
    void aReplyIsLookedAtAndSaid() {
        String ticket = ticketOf(ALICE, "Printer *burns*", "low");
        put("/ticketmesh/replies/more", MORE, ANNA).is(201);

        Answer rendered = host.get(ticket + "/replies/more", ANNA).is(200);
        assertThat(rendered.at("/body")).isEqualTo("Dear alice, what of Printer \\*burns\\*?");
        assertThat(rendered.at("/status")).isEqualTo("pending");
        Answer said = host.post(ticket + "/replies/more", "{}", Host.with(ANNA, "Idempotency-Key", "one"))
                .is(201);
        Answer again = host.post(ticket + "/replies/more", "{}", Host.with(ANNA, "Idempotency-Key", "one"))
                .is(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.id()).isEqualTo(said.id());
        assertThat(host.get(said.header("Location"), ALICE).is(200).at("/body")).isEqualTo(rendered.at("/body"));
        Answer asked = host.get(ticket, ALICE);
        assertThat(asked.at("/status")).isEqualTo("pending");
        assertThat(asked.at("/tags/0")).isEqualTo("asked");
        assertThat(asked.at("/commentCount")).isEqualTo("1");

        assertThat(host.post(ticket + "/replies/more", "{\"body\":\"As I said\",\"kind\":\"internal\"}", ANNA)
                        .is(201)
                        .at("/kind"))
                .isEqualTo("internal");
        host.post(ticket + "/replies/none", "{}", ANNA).isProblem(404, "not-found");
        host.post(ticket + "/replies/more", "{\"bdy\":\"x\"}", ANNA).isProblem(422, "invalid");
        host.post(ticket + "/transitions", "{\"to\":\"closed\"}", ANNA).is(200);
        host.post(ticket + "/replies/more", "{}", ANNA).isProblem(409, "transition-refused");
        assertThat(host.get(ticket, ALICE).at("/commentCount")).isEqualTo("1");
    }

    @Test
    void aPlaceholderThatThereIsNotIsRefused() {
        Answer refused = put(
                        "/ticketmesh/replies/x",
                        "{\"title\":\"x\",\"body\":\"Dear {{repoter}}\",\"status\":\"lost\"}",
                        ANNA)
                .isProblem(422, "invalid");
        assertThat(refused.each("/errors", "pointer")).containsExactly("/body");
        assertThat(refused.text()).contains("position 5").contains("ticket.key");
        assertThat(put("/ticketmesh/replies/x", "{\"title\":\"x\",\"body\":\"y\",\"status\":\"lost\"}", ANNA)
                        .isProblem(422, "invalid")
                        .each("/errors", "pointer"))
                .containsExactly("/status");
    }

    /** Who watches a ticket may see it: so only who may choose watchers makes them by mentioning. */
    @Test
    void aMentionMakesAWatcherIfItsAuthorMayChooseThem() {
        String ticket = ticketOf(ALICE, "Printer", "low");

        host.post(ticket + "/comments", "{\"body\":\"@bob look\"}", ALICE).is(201);
        host.get(ticket, BOB).isProblem(404, "unknown-ticket");
        host.post(ticket + "/comments", "{\"body\":\"@bob look\",\"kind\":\"internal\"}", ANNA)
                .is(201);
        host.get(ticket, BOB).isProblem(404, "unknown-ticket");
        host.post(ticket + "/comments", "{\"body\":\"@bob look\"}", ANNA).is(201);

        assertThat(host.get(ticket, BOB).is(200).text()).contains("\"watchers\":[\"alice\",\"bob\"]");
    }
}
