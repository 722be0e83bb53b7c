package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice and Bob report, Anna works on what they report. */
class SearchTest {
    private final Host host = Host.start(SignedIn.class, SignedIn.ROLES);

    @AfterEach
    void stop() {
        host.close();
    }

    private String ticket(String[] who, String title, String description) {
        Waiting.untilTheClockMoves();
        String body = "{\"title\":\"" + title + "\",\"description\":\"" + description + "\"}";
        return host.post("/tickets", body, who).is(201).id();
    }

    private void comment(String[] who, String id, String kind, String text) {
        host.post("/tickets/" + id + "/comments", "{\"kind\":\"" + kind + "\",\"body\":\"" + text + "\"}", who)
                .is(201);
    }

    private List<String> found(String question) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            Answer page =
                    host.get("/tickets?limit=2&" + question + cursor, ANNA).is(200);
            ids.addAll(page.each("/items", "id"));
            cursor = page.has("/next") ? "&cursor=" + page.at("/next") : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void whatFitsTheWordsBestIsFirstUnlessAnotherOrderIsWanted() {
        String title = ticket(ALICE, "Printer on fire", "");
        String comment = ticket(ALICE, "Smoke", "");
        comment(ALICE, comment, "public", "It is the printer");
        String description = ticket(ALICE, "Noise", "From the printer");
        String young = ticket(BOB, "Printer", "");

        host.awaitIndex(ANNA);
        assertThat(found("q=printer")).containsExactly(young, title, description, comment);
        assertThat(found("q=printer&sort=relevance")).containsExactly(young, title, description, comment);
        assertThat(found("q=printer&sort=relevance,createdAt")).containsExactly(title, young, description, comment);
        assertThat(found("q=printer&sort=-createdAt")).containsExactly(young, description, comment, title);
        assertThat(found("sort=relevance")).containsExactly(young, description, comment, title);
        assertThat(found("q=status:new")).containsExactly(young, description, comment, title);
    }

    @Test
    void anOrderThatCannotBeIsRefused() {
        for (String sort : List.of("-relevance", "createdAt,relevance", "relevance,relevance", "title")) {
            Answer refused = host.get("/tickets?q=x&sort=" + sort, ANNA).isProblem(400, "invalid-parameter");
            assertThat(refused.at("/errors/0/parameter")).as(sort).isEqualTo("sort");
        }
        host.get("/tickets?q=x&sort=relevance,createdAt,updatedAt,dueAt", ANNA).isProblem(400, "invalid-parameter");
        String cursor = cursorOf("/tickets?limit=1&q=fax");
        host.get("/tickets?limit=1&q=fax&cursor=" + cursor, ANNA).is(200);
        host.get("/tickets?limit=1&q=fax&sort=-createdAt&cursor=" + cursor, ANNA)
                .isProblem(400, "invalid-parameter");
    }

    private String cursorOf(String list) {
        ticket(ALICE, "Fax", "");
        ticket(ALICE, "Another fax", "");
        host.awaitIndex(ANNA);
        return host.get(list, ANNA).is(200).at("/next");
    }

    @Test
    void whereTheWordsStandIsShownAsPlainTextWithRanges() {
        String id = ticket(ALICE, "Printer <b>on</b> fire", "The hall");
        comment(ALICE, id, "public", "A printer & no paper");
        host.awaitIndex(ANNA);

        Answer page = host.get("/tickets?q=printer%20fire&highlight=true&fields=key", ANNA)
                .is(200);
        assertThat(page.each("/items/0/highlights", "field")).containsExactly("title", "comment");
        assertThat(page.at("/items/0/highlights/0/text")).isEqualTo("Printer <b>on</b> fire");
        assertThat(page.each("/items/0/highlights/0/ranges", "start")).containsExactly("0", "18");
        assertThat(page.each("/items/0/highlights/0/ranges", "end")).containsExactly("7", "22");
        assertThat(page.at("/items/0/highlights/1/text")).isEqualTo("A printer & no paper");
        String comment = page.at("/items/0/highlights/1/comment");
        host.get("/tickets/" + id + "/comments/" + comment, ANNA).is(200);

        assertThat(host.get("/tickets?q=printer", ANNA).has("/items/0/highlights"))
                .isFalse();
        assertThat(host.get("/tickets?highlight=true", ANNA).at("/items/0/highlights"))
                .isEqualTo("[]");
        host.get("/tickets?highlight=yes", ANNA).isProblem(400, "invalid-parameter");
    }

    @Test
    void internalCommentsAreShownToThoseOnlyWhoSeeThem() {
        String id = ticket(ALICE, "Printer", "");
        comment(ANNA, id, "internal", "The customer broke the printer himself");
        host.awaitIndex(ANNA);

        assertThat(host.get("/tickets?q=printer&highlight=true", ANNA).each("/items/0/highlights", "field"))
                .containsExactly("title", "comment");
        assertThat(host.get("/tickets?q=printer&highlight=true", ALICE).each("/items/0/highlights", "field"))
                .containsExactly("title");
    }

    @Test
    void whoWritesATicketIsShownThoseThatAreLikeIt() {
        String same = ticket(BOB, "The printer in the hall is on fire", "");
        String done = ticket(BOB, "Printer in the hall on fire", "");
        host.post("/tickets/" + done + "/transitions", "{\"to\":\"resolved\"}", ANNA)
                .is(200);
        for (int i = 0; i < 5; i++) {
            ticket(ALICE, "A chair for the office " + i, "");
        }
        host.awaitIndex(ANNA);

        String question = "/tickets/similar?title=printer%20in%20the%20hall%20burns";
        Answer similar = host.get(question, ANNA).is(200);
        assertThat(similar.each("/items", "id")).containsExactly(same);
        assertThat(Double.parseDouble(similar.at("/items/0/similarity"))).isBetween(0.35, 0.99);
        assertThat(similar.at("/items/0/commentCount")).isEqualTo("0");
        assertThat(host.get(question, BOB).each("/items", "id")).containsExactly(same);
        assertThat(host.get(question, ALICE).each("/items", "id")).isEmpty();

        Answer few = host.get("/tickets/similar?title=a%20chair%20for%20the%20office&limit=2&fields=key", ALICE);
        assertThat(few.each("/items", "key")).hasSize(2);
        assertThat(few.has("/items/0/title")).isFalse();
        assertThat(host.get("/tickets/similar", ANNA).is(200).at("/items")).isEqualTo("[]");
    }

    @Test
    void aQuestionForSimilarTicketsThatCannotBeIsRefused() {
        for (String bad : List.of(
                "title=" + "x".repeat(256),
                "description=" + "x".repeat(501),
                "limit=0",
                "limit=x",
                "fields=no",
                "titel=x")) {
            host.get("/tickets/similar?" + bad, ANNA).isProblem(400, "invalid-parameter");
        }
        host.get("/tickets/similar?limit=100", ANNA).is(200);
        host.get("/tickets/similar?title=x", SignedIn.as("sam", "gardener")).isProblem(403, "access-denied");
        host.delete("/tickets/similar", ANNA).isProblem(405, "method-not-allowed");
    }

    @Test
    void whatAQuestionDoesNotMeanIsNamedWithItsPlace() {
        Answer refused = host.get("/tickets?q=printer%20in:body", ANNA).isProblem(400, "invalid-parameter");
        assertThat(refused.at("/errors/0/detail")).contains("'body'", "attachments", "position 11");
    }
}
