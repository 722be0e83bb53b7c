package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.BOB;
import static io.ticketmesh.spring.rest.SignedIn.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice and Bob report, Anna works on what they report, Root may do everything. */
class RolesTest {
    private static final String[] AUDITOR = SignedIn.as("audra", "auditor");
    private static final String[] STRANGER = SignedIn.as("sam", "gardener");
    private static final String[] NOBODY = {};

    private final Host host = Host.start(SignedIn.class, SignedIn.ROLES);

    @AfterEach
    void stop() {
        host.close();
    }

    private String ticketOf(String[] who, String title) {
        Waiting.untilTheClockMoves();
        return host.post("/tickets", "{\"title\":\"" + title + "\"}", who)
                .is(201)
                .id();
    }

    private static String[] and(String[] who, String name, String value) {
        return Host.with(who, name, value);
    }

    @Test
    void aReporterHasHisOwnTicketsOnly() {
        String his = ticketOf(ALICE, "Printer of Alice");
        String others = ticketOf(BOB, "Printer of Bob");
        String key = host.get("/tickets/" + others, BOB).at("/key");

        host.get("/tickets/" + his, ALICE).is(200);
        for (String reference : List.of(others, key, key.substring(3), key.substring(3, 7))) {
            Answer hidden = host.get("/tickets/" + reference, ALICE).isProblem(404, "unknown-ticket");
            assertThat(hidden.at("/detail")).isEqualTo("There is no ticket '" + reference + "'");
        }
        for (String part : List.of("/comments", "/history", "/transitions", "/conflicts")) {
            host.get("/tickets/" + others + part, ALICE).isProblem(404, "unknown-ticket");
        }
        assertThat(host.get("/tickets?count=true", ALICE).each("/items", "id")).containsExactly(his);
        assertThat(host.get("/tickets?count=true", ALICE).at("/total")).isEqualTo("1");
        host.awaitIndex(ALICE);
        assertThat(host.get("/tickets?count=true&q=printer", ALICE).at("/total"))
                .isEqualTo("1");
        assertThat(host.get("/tickets?count=true&sort=-updatedAt&status=new", ALICE)
                        .each("/items", "id"))
                .containsExactly(his);
        assertThat(host.get("/tickets/stats", ALICE).at("/total")).isEqualTo("1");
        assertThat(host.get("/tickets/stats", ANNA).at("/total")).isEqualTo("2");
        assertThat(host.get("/tickets/export?format=ndjson", ALICE).text())
                .contains("of Alice")
                .doesNotContain("of Bob");
        assertThat(host.get("/tickets?count=true", ANNA).at("/total")).isEqualTo("2");
    }

    @Test
    void ownIsWhatOneCreatedReportedOrWatches() {
        String created = ticketOf(ALICE, "Created");
        host.patch("/tickets/" + created, "{\"reporter\":\"bob\",\"watchers\":[]}", ANNA)
                .is(200);
        String watched = ticketOf(BOB, "Watched");
        host.put("/tickets/" + watched + "/watchers/alice", ANNA).is(204);
        String reported = host.post("/tickets", "{\"title\":\"Reported\",\"reporter\":\"alice\"}", ANNA)
                .is(201)
                .id();
        ticketOf(BOB, "Of no concern");

        assertThat(host.get("/tickets?count=true", ALICE).each("/items", "id"))
                .containsExactlyInAnyOrder(created, watched, reported);
        host.awaitIndex(ALICE);
        assertThat(host.get("/tickets?count=true&q=created", ALICE).at("/total"))
                .isEqualTo("1");
        host.get("/tickets/" + created, ALICE).is(200);
        host.delete("/tickets/" + watched + "/watchers/alice", ANNA).is(204);
        host.get("/tickets/" + watched, ALICE).isProblem(404, "unknown-ticket");
        assertThat(host.get("/tickets?count=true", ALICE).at("/total")).isEqualTo("2");
    }

    @Test
    void aReporterWalksThroughHisTicketsPageByPage() {
        for (int i = 0; i < 7; i++) {
            ticketOf(i % 2 == 0 ? ALICE : BOB, "Number " + i);
        }
        Answer first = host.get("/tickets?limit=3&count=true", ALICE).is(200);
        assertThat(first.at("/total")).isEqualTo("4");
        assertThat(first.each("/items", "title")).containsExactly("Number 6", "Number 4", "Number 2");
        String next = first.at("/next");
        assertThat(host.get("/tickets?limit=3&cursor=" + next, ALICE).each("/items", "title"))
                .containsExactly("Number 0");
        host.get("/tickets?limit=3&cursor=" + next, BOB).isProblem(400, "invalid-parameter");
    }

    @Test
    void whatOneSeesAndMayNotDoIsForbiddenAndWhatOneDoesNotSeeIsNotThere() {
        String his = ticketOf(ALICE, "His");
        String others = ticketOf(BOB, "Not his");
        for (String ticket : List.of(his, others)) {
            int status = ticket.equals(his) ? 403 : 404;
            String path = "/tickets/" + ticket;
            host.patch(path, "{\"priority\":\"urgent\"}", ALICE).is(status);
            host.patch(path, "{}", ALICE).is(status);
            host.patch(path, "{\"status\":\"closed\"}", ALICE).is(status);
            host.post(path + "/transitions", "{\"to\":\"closed\"}", ALICE).is(status);
            host.put(path + "/tags/hot", ALICE).is(status);
            host.put(path + "/watchers/alice", ALICE).is(status);
            host.put(path + "/links/blocks/" + his, ALICE).is(status);
            host.delete(path, ALICE).is(status);
            host.delete(path + "?purge=true", ALICE).is(status);
            host.post(path + "/restore", "{}", ALICE).is(status);
            host.post(path + "/merge", "{\"into\":null}", ALICE).is(status);
            host.post(path + "/comments", "{\"body\":\"x\",\"kind\":\"internal\"}", ALICE)
                    .is(status);
            host.post(path + "/conflicts/title", "{\"value\":\"x\"}", ALICE).is(ticket.equals(his) ? 409 : 404);
            assertThat(host.get(path, ANNA).at("/updatedAt"))
                    .isEqualTo(host.get(path, ANNA).at("/createdAt"));
        }
        assertThat(host.post("/tickets/" + his + "/comments", "{\"body\":\"Still broken\"}", ALICE)
                        .is(201)
                        .at("/kind"))
                .isEqualTo("public");
        host.post("/tickets/" + others + "/comments", "{\"body\":\"x\"}", ALICE).isProblem(404, "unknown-ticket");
        assertThat(host.get("/tickets/" + his + "/transitions", ALICE).at("/transitions"))
                .isEqualTo("[]");
        assertThat(host.get("/tickets/" + his + "/transitions", ANNA).each("/transitions", "to"))
                .contains("closed");
        assertThat(host.patch("/tickets/" + his, "{\"priority\":\"urgent\"}", ALICE)
                        .isProblem(403, "access-denied")
                        .at("/action"))
                .isEqualTo("update");
    }

    @Test
    void noTicketCanBeNamedInAWriteThatOneDoesNotSee() {
        String others = ticketOf(BOB, "Not his");
        Answer refused = host.post(
                        "/tickets",
                        "{\"title\":\"Spy\",\"links\":[{\"type\":\"blocks\",\"target\":\"" + others + "\"}]}",
                        ALICE)
                .isProblem(422, "invalid");
        Answer unknown = host.post(
                        "/tickets",
                        "{\"title\":\"Spy\",\"links\":[{\"type\":\"blocks\",\"target\":\"TM-00000000\"}]}",
                        ALICE)
                .isProblem(422, "invalid");
        assertThat(refused.text()).isEqualTo(unknown.text());
    }

    @Test
    void eachPartOfABulkIsJudgedForItself() {
        String his = ticketOf(ALICE, "His");
        String others = ticketOf(BOB, "Not his");
        Answer bulk = host.post(
                        "/tickets/bulk",
                        "{\"operations\":[" + "{\"op\":\"create\",\"body\":{\"title\":\"New\"}},"
                                + "{\"op\":\"comment\",\"ref\":\"" + his + "\",\"body\":{\"body\":\"x\"}},"
                                + "{\"op\":\"comment\",\"ref\":\"" + others + "\",\"body\":{\"body\":\"x\"}},"
                                + "{\"op\":\"delete\",\"ref\":\"" + his + "\"},"
                                + "{\"op\":\"purge\",\"ref\":\"" + others + "\"}]}",
                        ALICE)
                .is(207);
        assertThat(bulk.each("/items", "status")).containsExactly("201", "200", "404", "403", "404");
        assertThat(host.get("/tickets/" + others, BOB).is(200).at("/commentCount"))
                .isEqualTo("0");
    }

    @Test
    void somebodyWithoutARoleMayDoNothing() {
        String id = ticketOf(ALICE, "Hers");
        for (String[] who : new String[][] {STRANGER, NOBODY}) {
            for (String path : List.of(
                    "/tickets",
                    "/tickets/" + id,
                    "/tickets/none",
                    "/tickets/stats",
                    "/tickets/export",
                    "/tickets/changes",
                    "/tickets/events",
                    "/ticketmesh/mesh",
                    "/ticketmesh/mesh/digest")) {
                host.get(path, who).isProblem(403, "access-denied");
            }
            host.post("/tickets", "{\"title\":\"x\"}", who).isProblem(403, "access-denied");
            host.send("POST", "/tickets/import", "{}", and(who, "Content-Type", "application/x-ndjson"))
                    .isProblem(403, "access-denied");
            assertThat(host.get("/ticketmesh/session", who).at("/permissions")).isEqualTo("[]");
        }
    }

    @Test
    void anAgentWorksAndAnAdminDoesTheRest() {
        String id = ticketOf(ALICE, "Hers");
        String path = "/tickets/" + id;
        host.get("/ticketmesh/mesh", ANNA).is(200);
        host.get("/ticketmesh/mesh", ALICE).isProblem(403, "access-denied");
        host.post(path + "/comments", "{\"body\":\"x\",\"kind\":\"internal\"}", ANNA)
                .is(201);
        host.post(path + "/transitions", "{\"to\":\"resolved\"}", ANNA).is(200);
        host.delete(path, ANNA).is(204);
        host.post(path + "/restore", "{}", ANNA).is(200);
        host.delete(path + "?purge=true", ANNA).isProblem(403, "access-denied");
        host.send("POST", "/tickets/import", "{\"title\":\"x\"}", and(ANNA, "Content-Type", "application/x-ndjson"))
                .isProblem(403, "access-denied");
        String self = host.get("/ticketmesh/mesh", ROOT).at("/node/id");
        host.delete("/ticketmesh/mesh/members/" + self, ANNA).isProblem(403, "access-denied");
        host.delete("/ticketmesh/mesh/members/" + self, ROOT).isProblem(409, "own-node");
        host.send("POST", "/tickets/import", "{\"title\":\"x\"}", and(ROOT, "Content-Type", "application/x-ndjson"))
                .is(200);
        host.delete(path + "?purge=true", ROOT).is(204);
        host.get(path, ANNA).isProblem(410, "purged");
        host.get(path, ALICE).isProblem(404, "unknown-ticket");
    }

    @Test
    void aReaderSeesAllTicketsAndChangesNone() {
        String id = ticketOf(ALICE, "Hers");
        host.post("/tickets/" + id + "/comments", "{\"body\":\"x\",\"kind\":\"internal\"}", ANNA)
                .is(201);
        Answer shown = host.get("/tickets/" + id, AUDITOR).is(200);
        assertThat(shown.at("/commentCount")).isEqualTo("0");
        host.post("/tickets/" + id + "/comments", "{\"body\":\"x\"}", AUDITOR).isProblem(403, "access-denied");
        host.post("/tickets", "{\"title\":\"x\"}", AUDITOR).isProblem(403, "access-denied");
    }

    @Test
    void oneChangesOnesOwnCommentsAndAgentsThoseOfOthers() {
        String path = "/tickets/" + ticketOf(ALICE, "Hers") + "/comments";
        String hers = path + "/"
                + host.post(path, "{\"body\":\"My word\"}", ALICE).is(201).id();
        String annas = path + "/"
                + host.post(path, "{\"body\":\"Her word\"}", ANNA).is(201).id();
        String secret = path
                + "/"
                + host.post(path, "{\"body\":\"x\",\"kind\":\"internal\"}", ANNA)
                        .is(201)
                        .id();
        host.patch(hers, "{\"body\":\"My other word\"}", ALICE).is(200);
        host.patch(annas, "{\"body\":\"Forged\"}", ALICE).isProblem(403, "access-denied");
        host.delete(annas, ALICE).isProblem(403, "access-denied");
        host.patch(secret, "{\"body\":\"Forged\"}", ALICE).isProblem(404, "unknown-ticket");
        host.delete(secret, ALICE).isProblem(404, "unknown-ticket");
        host.patch(hers, "{\"body\":\"Moderated\"}", ANNA).is(200);
        host.delete(hers, ALICE).is(204);
    }

    @Test
    void aRepeatedRequestIsJudgedAnew() {
        String id = ticketOf(BOB, "His");
        host.put("/tickets/" + id + "/watchers/alice", ANNA).is(204);
        String[] keyed = and(ALICE, "Idempotency-Key", "k");
        String comments = "/tickets/" + id + "/comments";
        host.post(comments, "{\"body\":\"Once\"}", keyed).is(201);
        assertThat(host.post(comments, "{\"body\":\"Once\"}", keyed).is(201).header("Idempotent-Replayed"))
                .isEqualTo("true");
        host.delete("/tickets/" + id + "/watchers/alice", ANNA).is(204);
        host.post(comments, "{\"body\":\"Once\"}", keyed).isProblem(404, "unknown-ticket");

        String[] create = and(ALICE, "Idempotency-Key", "c");
        String first =
                host.post("/tickets", "{\"title\":\"Once\"}", create).is(201).id();
        assertThat(host.post("/tickets", "{\"title\":\"Once\"}", create).is(201).id())
                .isEqualTo(first);
        host.post("/tickets", "{\"title\":\"Once\"}", and(SignedIn.as("alice", "auditor"), "Idempotency-Key", "c"))
                .isProblem(403, "access-denied");
    }

    @Test
    void newsAreOfWhatOneMayReadNow() {
        String start = host.get("/tickets/changes", ALICE).at("/next");
        String his = ticketOf(ALICE, "His");
        String others = ticketOf(BOB, "Not his");
        assertThat(host.get("/tickets/changes?since=" + start, ALICE).each("/items", "ticketId"))
                .containsExactly(his);
        host.put("/tickets/" + others + "/watchers/alice", ANNA).is(204);
        assertThat(host.get("/tickets/changes?since=" + start, ALICE).each("/items", "ticketId"))
                .containsExactly(his, others, others);
        host.delete("/tickets/" + others + "/watchers/alice", ANNA).is(204);
        assertThat(host.get("/tickets/changes?since=" + start, ALICE).each("/items", "ticketId"))
                .containsExactly(his);
        host.delete("/tickets/" + others + "?purge=true", ROOT).is(204);
        assertThat(host.get("/tickets/changes?since=" + start, ALICE).text()).doesNotContain(others);
        assertThat(host.get("/tickets/changes?since=" + start, ANNA).text()).contains(others);
    }

    @Test
    void whomNobodyKnowsOwnsNothing() {
        try (Host open = Host.start("ticketmesh.rest.roles.reporter=*")) {
            String id = open.create("From a form").id();
            open.get("/tickets/" + id).isProblem(404, "unknown-ticket");
            assertThat(open.get("/tickets?count=true").at("/total")).isEqualTo("0");
            assertThat(open.get("/tickets?count=true&q=form").at("/total")).isEqualTo("0");
        }
    }
}
