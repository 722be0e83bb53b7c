package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static Host host;

    @BeforeAll
    static void start() {
        host = Host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void aCommentIsWrittenReadEditedAndRedacted() {
        String ticket = "/tickets/" + host.create("Conversation").id();
        Answer written = host.post(ticket + "/comments", "{\"body\":\"Hello\",\"kind\":\"internal\"}")
                .is(201);
        String path = written.header("Location");
        assertThat(path).isEqualTo(ticket + "/comments/" + written.id());
        assertThat(written.at("/kind")).isEqualTo("internal");
        Answer read = host.get(path).is(200);
        assertThat(read.text()).isEqualTo(written.text());
        host.get(path, "If-None-Match", read.etag()).is(304);

        Answer edited = host.patch(path, "{\"body\":\"Hello, world\"}", "If-Match", read.etag())
                .is(200);
        assertThat(edited.at("/body")).isEqualTo("Hello, world");
        assertThat(edited.etag()).isNotEqualTo(read.etag());
        host.patch(path, "{\"body\":\"Lost\"}", "If-Match", read.etag()).isProblem(412, "precondition-failed");

        host.delete(path).is(204);
        host.delete(path).is(204);
        Answer redacted = host.get(path).is(200);
        assertThat(redacted.at("/body")).isEmpty();
        assertThat(redacted.at("/redactedBy")).isEqualTo("anonymous");
        assertThat(host.get(ticket + "/history").text()).doesNotContain("Hello");
        host.patch(path, "{\"body\":\"Again\"}").isProblem(422, "invalid");
    }

    @Test
    void aLongConversationIsReadPageByPage() {
        String ticket = "/tickets/" + host.create("Long talk").id();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            written.add(host.post(ticket + "/comments", "{\"body\":\"" + i + "\"}")
                    .is(201)
                    .at("/body"));
        }
        List<String> read = new ArrayList<>();
        String path = ticket + "/comments?limit=3";
        while (path != null) {
            Answer page = host.get(path).is(200);
            read.addAll(page.each("/items", "body"));
            path = page.has("/next") ? ticket + "/comments?limit=3&cursor=" + page.at("/next") : null;
        }
        assertThat(read).isEqualTo(written);
        host.get(ticket + "/comments?cursor=nonsense").isProblem(400, "invalid-parameter");
        host.get(ticket + "/comments?limit=x").isProblem(400, "invalid-parameter");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String ticket = "/tickets/" + host.create("Empty").id();
        host.get(ticket + "/comments/nonsense").isProblem(404, "unknown-ticket");
        host.get(ticket + "/comments/0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d").isProblem(404, "unknown-ticket");
        host.patch(ticket + "/comments/0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d", "{\"body\":\"x\"}")
                .isProblem(404, "unknown-ticket");
        host.delete(ticket + "/comments/0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d").isProblem(404, "unknown-ticket");
        host.post("/tickets/00000000/comments", "{\"body\":\"x\"}").isProblem(404, "unknown-ticket");
    }

    @Test
    void aTransitionSaysWhereItMayGo() {
        String ticket = "/tickets/" + host.create("Workflow").id();
        Answer ways = host.get(ticket + "/transitions").is(200);
        assertThat(ways.at("/status")).isEqualTo("new");
        assertThat(ways.each("/transitions", "to")).containsExactly("open", "pending", "resolved", "closed");
        host.post(ticket + "/transitions", "{\"to\":\"closed\",\"resolution\":\"wont_fix\"}")
                .is(200);
        Answer refused =
                host.post(ticket + "/transitions", "{\"to\":\"pending\"}").isProblem(409, "transition-refused");
        assertThat(refused.at("/allowed")).isEqualTo("[\"open\"]");
        assertThat(refused.at("/from")).isEqualTo("closed");
        Answer unknown = host.post(ticket + "/transitions", "{\"to\":\"lost\"}").isProblem(422, "invalid");
        assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/to");
    }

    @Test
    void aTransitionAndItsCommentAreOneChange() {
        String ticket = "/tickets/" + host.create("Both").id();
        Answer resolved = host.post(
                        ticket + "/transitions",
                        "{\"to\":\"resolved\",\"resolution\":\"workaround\",\"comment\":{\"body\":\"Restarted\",\"kind\":\"internal\"}}")
                .is(200);
        assertThat(resolved.at("/status")).isEqualTo("resolved");
        assertThat(resolved.at("/resolution")).isEqualTo("workaround");
        assertThat(resolved.at("/commentCount")).isEqualTo("1");
        assertThat(host.get(ticket + "/history").has("/items/1")).isTrue();
        assertThat(host.get(ticket + "/history").has("/items/2")).isFalse();
    }

    @Test
    void aReportersCommentDoesNotSmuggleAnIllegalTransition() {
        String ticket = "/tickets/" + host.create("Smuggled").id();
        host.post(ticket + "/transitions", "{\"to\":\"resolved\"}").is(200);
        host.post(ticket + "/transitions", "{\"to\":\"pending\",\"comment\":\"Wait\"}")
                .isProblem(409, "transition-refused");
        Answer closed = host.post(ticket + "/transitions", "{\"to\":\"closed\",\"comment\":\"Thanks\"}")
                .is(200);
        assertThat(closed.at("/status")).isEqualTo("closed");
        assertThat(closed.at("/reopenCount")).isEqualTo("0");
    }

    @Test
    void labelsComeAndGoAnyNumberOfTimes() {
        String ticket = "/tickets/" + host.create("Labels").id();
        String other = host.create("Target").id();
        for (String label : List.of("/tags/Blue%20moon", "/watchers/carol%40example.org", "/links/blocks/" + other)) {
            host.put(ticket + label).is(204);
            Answer again = host.put(ticket + label).is(204);
            assertThat(again.etag()).isEqualTo(host.get(ticket).etag());
        }
        Answer read = host.get(ticket);
        assertThat(read.at("/tags/0")).isEqualTo("Blue moon");
        assertThat(read.at("/watchers/1")).isEqualTo("carol@example.org");
        assertThat(read.at("/links/0/id")).isEqualTo(other);
        for (String label : List.of("/tags/BLUE%20MOON", "/watchers/carol%40example.org", "/links/blocks/" + other)) {
            host.delete(ticket + label).is(204);
            host.delete(ticket + label).is(204);
        }
        Answer bare = host.get(ticket);
        assertThat(bare.at("/tags") + bare.at("/links")).isEqualTo("[][]");
        host.put(ticket + "/links/hates/" + other).isProblem(404, "not-found");
        host.put(ticket + "/links/blocks/00000000").isProblem(404, "unknown-ticket");
        host.put(ticket + "/tags/" + "x".repeat(65)).isProblem(422, "invalid");
    }

    @Test
    void aLinkToAPurgedTicketCanBeTakenAway() {
        String ticket = "/tickets/" + host.create("Holds").id();
        String other = host.create("Purged").id();
        host.put(ticket + "/links/relates_to/" + other).is(204);
        host.delete("/tickets/" + other + "?purge=true").is(204);
        host.delete(ticket + "/links/relates_to/" + other).is(204);
        assertThat(host.get(ticket).at("/links")).isEqualTo("[]");
    }

    @Test
    void bulkCarriesOutWhatIsFineAndTellsWhatIsNot() {
        String one = host.create("One").id();
        String two = host.create("Two").id();
        Answer answer = host.post("/tickets/bulk", """
                        {"operations": [
                          {"op": "update", "ref": "%s", "body": {"priority": "high"}},
                          {"op": "update", "ref": "%s", "body": {"priority": "highest", "nonsense": 1}},
                          {"op": "transition", "ref": "%s", "body": {"to": "open"}},
                          {"op": "comment", "ref": "%s", "body": {"body": "From bulk"}},
                          {"op": "delete", "ref": "%s"},
                          {"op": "restore", "ref": "%s"},
                          {"op": "update", "ref": "%s", "ifMatch": "\\"old\\"", "body": {"title": "x"}},
                          {"op": "explode", "ref": "%s"},
                          {"op": "create", "ref": "%s", "body": {"title": "x"}},
                          {"op": "update", "ref": "00000000", "body": {}},
                          {"op": "delete"},
                          {"op": "create", "body": {"title": "New"}},
                          {"op": "purge", "ref": "%s"}
                        ]}""".formatted(one, one, one, one, one, one, one, one, one, two))
                .is(207);
        assertThat(answer.each("/items", "status"))
                .containsExactly(
                        "200", "422", "200", "200", "204", "200", "412", "422", "422", "404", "422", "201", "204");
        assertThat(answer.each("/items/1/problem/errors", "pointer"))
                .containsExactlyInAnyOrder("/operations/1/body/priority", "/operations/1/body/nonsense");
        assertThat(answer.at("/failed")).isEqualTo("6");
        assertThat(host.get("/tickets/" + one).at("/status")).isEqualTo("open");
        assertThat(host.get("/tickets/" + one).at("/commentCount")).isEqualTo("1");
        host.get("/tickets/" + two).isProblem(410, "purged");
        host.get(answer.at("/items/11/location")).is(200);
    }

    @Test
    void bulkHasALimit() {
        String operation = "{\"op\":\"create\",\"body\":{\"title\":\"x\"}}";
        String many = "{\"operations\":[" + (operation + ",").repeat(100) + operation + "]}";
        Answer refused = host.post("/tickets/bulk", many).isProblem(422, "invalid");
        assertThat(refused.at("/errors/0/limit")).isEqualTo("100");
        host.post("/tickets/bulk", "[]").isProblem(422, "invalid");
        host.post("/tickets/bulk", "{\"operations\":[]}").is(207);
    }
}
