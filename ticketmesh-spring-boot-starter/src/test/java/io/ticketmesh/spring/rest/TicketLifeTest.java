package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.VersionVector;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TicketLifeTest {
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
    void aCreatedTicketIsShownWithItsPlaceAndItsEntityTag() {
        Answer created = host.post(
                        "/tickets",
                        "{\"title\":\" Printer on fire \",\"priority\":\"urgent\",\"tags\":[\"Hot\"],\"customFields\":{\"room\":12}}")
                .is(201);
        assertThat(created.header("Location")).isEqualTo("/tickets/" + created.id());
        assertThat(created.etag()).isEqualTo("\"" + created.at("/etag") + "\"");
        assertThat(created.header("Content-Type")).isEqualTo("application/json");
        assertThat(created.header("Cache-Control")).isEqualTo("private, no-cache");
        assertThat(created.at("/title")).isEqualTo("Printer on fire");
        assertThat(created.at("/createdBy")).isEqualTo("anonymous");
        assertThat(created.at("/watchers/0")).isEqualTo("anonymous");
        assertThat(created.at("/customFields/room")).isEqualTo("12");

        Answer read = host.get(created.header("Location")).is(200);
        assertThat(read.text()).isEqualTo(created.text());
        assertThat(read.etag()).isEqualTo(created.etag());
    }

    @Test
    void aTicketIsCreatedInAnInitialStateOnly() {
        VersionVector before = host.node().version();
        String body = "{\"title\":\"Done before it began\",\"status\":\"resolved\"}";
        String path = "/tickets/" + UUID.randomUUID();

        for (Answer refused : List.of(
                host.post("/tickets", body),
                host.send("PUT", path, body, "Content-Type", "application/json", "If-None-Match", "*"))) {
            refused.isProblem(422, "invalid");
            assertThat(refused.each("/errors", "pointer")).containsExactly("/status");
            assertThat(refused.at("/errors/0/code")).isEqualTo("not-initial");
            assertThat(refused.at("/errors/0/detail"))
                    .isEqualTo("is 'resolved', but a ticket is created as one of [new, open]");
        }
        Answer bulk = host.post("/tickets/bulk", "{\"operations\":[{\"op\":\"create\",\"body\":" + body + "}]}")
                .is(207);
        assertThat(bulk.at("/items/0/status")).isEqualTo("422");
        assertThat(bulk.at("/items/0/problem/errors/0/pointer")).isEqualTo("/operations/0/body/status");
        assertThat(host.node().version()).isEqualTo(before);
        host.get(path).is(404);
        assertThat(host.post("/tickets", body.replace("resolved", "open"))
                        .is(201)
                        .at("/status"))
                .isEqualTo("open");
    }

    @Test
    void everyFormOfAReferenceFindsTheTicket() {
        Answer created = host.create("Found by many names");
        String key = created.at("/key");
        String bare = key.substring(3);
        for (String reference : new String[] {
            key, bare, bare.toLowerCase(), bare.substring(0, 6), created.id().toUpperCase()
        }) {
            assertThat(host.get("/tickets/" + reference).is(200).id())
                    .as(reference)
                    .isEqualTo(created.id());
        }
        host.get("/tickets/" + bare.substring(0, 3)).isProblem(404, "unknown-ticket");
    }

    @Test
    void headTellsTheHeadersOnly() {
        Answer created = host.create("Head only");
        Answer head = host.send("HEAD", "/tickets/" + created.id(), null).is(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.etag()).isEqualTo(created.etag());
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(created.body().length));
        host.send("HEAD", "/tickets/00000000", null).is(404);
    }

    @Test
    void whoHoldsTheStateAlreadyIsNotSentItAgain() {
        Answer created = host.create("Cached");
        String path = "/tickets/" + created.id();
        Answer same = host.get(path, "If-None-Match", "\"other\", W/" + created.etag())
                .is(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.etag()).isEqualTo(created.etag());
        host.get(path, "If-None-Match", "*").is(304);
        host.get(path, "If-None-Match", "\"other\"").is(200);
        host.get(path, "If-None-Match", created.at("/etag")).isProblem(400, "invalid-header");
    }

    @Test
    void aPatchChangesWhatItNames() {
        Answer created = host.create("Before");
        Answer patched = host.patch(
                        "/tickets/" + created.id(), "{\"title\":\"After\",\"assignee\":\"bob\",\"tags\":[\"x\"]}")
                .is(200);
        assertThat(patched.at("/title")).isEqualTo("After");
        assertThat(patched.at("/assignee")).isEqualTo("bob");
        assertThat(patched.at("/priority")).isEqualTo("normal");
        assertThat(patched.etag()).isNotEqualTo(created.etag());
        Answer plain = host.send(
                        "PATCH",
                        "/tickets/" + created.id(),
                        "{\"assignee\":null}",
                        "Content-Type",
                        "application/json; charset=utf-8")
                .is(200);
        assertThat(plain.at("/assignee")).isEqualTo("null");
        assertThat(plain.at("/tags/0")).isEqualTo("x");
    }

    @Test
    void aPatchThatChangesNothingWritesNothing() {
        Answer created = host.create("Same");
        VersionVector before = host.node().version();
        Answer patched =
                host.patch("/tickets/" + created.id(), "{\"title\":\"Same\"}").is(200);
        assertThat(patched.etag()).isEqualTo(created.etag());
        host.patch("/tickets/" + created.id(), "{}").is(200);
        assertThat(host.node().version()).isEqualTo(before);
    }

    @Test
    void aPatchOfAnotherTypeHearsWhichTypesThereAre() {
        Answer created = host.create("Typed");
        Answer refused = host.send(
                        "PATCH", "/tickets/" + created.id(), "[]", "Content-Type", "application/json-patch+json")
                .isProblem(415, "unsupported-media-type");
        assertThat(refused.header("Accept-Patch")).isEqualTo("application/merge-patch+json, application/json");
        assertThat(host.get("/tickets/" + created.id()).etag()).isEqualTo(created.etag());
    }

    @Test
    void ifMatchGuardsAgainstLostUpdates() {
        Answer created = host.create("Guarded");
        String path = "/tickets/" + created.id();
        Answer changed = host.patch(path, "{\"priority\":\"low\"}", "If-Match", created.etag())
                .is(200);
        Answer lost = host.patch(path, "{\"priority\":\"high\"}", "If-Match", created.etag())
                .isProblem(412, "precondition-failed");
        assertThat(lost.at("/etag")).isEqualTo(changed.etag());
        assertThat(lost.etag()).isEqualTo(changed.etag());
        host.patch(path, "{\"priority\":\"high\"}", "If-Match", "\"zzz\", " + changed.etag())
                .is(200);
        host.patch(path, "{\"priority\":\"urgent\"}", "If-Match", "*").is(200);
        String now = host.get(path).etag();
        host.patch(path, "{\"priority\":\"low\"}", "If-Match", "W/" + now).isProblem(412, "precondition-failed");
        host.patch(path, "{\"priority\":\"low\"}", "If-Match", "unquoted").isProblem(400, "invalid-header");
        host.delete(path, "If-Match", created.etag()).isProblem(412, "precondition-failed");
        assertThat(host.get(path).at("/priority")).isEqualTo("urgent");
    }

    @Test
    void aDeletedTicketIsGoneUntilItIsRestored() {
        Answer created = host.create("Comes back");
        String path = "/tickets/" + created.id();
        host.delete(path).is(204);
        host.delete(path).is(204);
        host.get(path).isProblem(410, "deleted");
        host.get(path + "/comments").isProblem(410, "deleted");
        host.patch(path, "{\"title\":\"x\"}").isProblem(410, "deleted");
        host.patch(path, "{}").isProblem(410, "deleted");
        assertThat(host.get(path + "?deleted=true").is(200).at("/deleted/by")).isEqualTo("anonymous");
        assertThat(host.get("/tickets?q=%22comes%20back%22").at("/items")).isEqualTo("[]");

        Answer restored = host.post(path + "/restore", "").is(200);
        assertThat(restored.at("/deleted")).isEqualTo("null");
        assertThat(host.get(path).is(200).at("/title")).isEqualTo("Comes back");
    }

    @Test
    void aPurgedTicketIsGoneForGood() {
        Answer created = host.create("Never again");
        String path = "/tickets/" + created.id();
        host.delete(path + "?purge=true").is(204);
        host.get(path + "?deleted=true").isProblem(410, "purged");
        host.delete(path).is(204);
        host.post(path + "/restore", "{}").isProblem(410, "purged");
        host.send("PUT", path, "{\"title\":\"x\"}", "Content-Type", "application/json", "If-None-Match", "*")
                .isProblem(410, "purged");
    }

    @Test
    void aClientCanChooseTheId() {
        String path = "/tickets/" + UUID.randomUUID();
        String[] headers = {"Content-Type", "application/json", "If-None-Match", "*"};
        Answer created = host.send("PUT", path, "{\"title\":\"Mine\"}", headers).is(201);
        assertThat(created.header("Location")).isEqualTo(path);
        host.send("PUT", path, "{\"title\":\"Mine\"}", headers).isProblem(412, "precondition-failed");
        host.send("PUT", path, "{\"title\":\"Mine\"}", "Content-Type", "application/json")
                .isProblem(428, "precondition-required");
        host.send("PUT", path, "{\"title\":\"Mine\"}", "Content-Type", "application/json", "If-None-Match", "\"a\"")
                .isProblem(400, "invalid-header");
        host.send("PUT", "/tickets/mine", "{\"title\":\"Mine\"}", headers).isProblem(400, "malformed-request");
        host.send("PUT", "/tickets/00000000-0000-0000-0000-000000000000", "{\"title\":\"Mine\"}", headers)
                .isProblem(400, "malformed-request");
    }

    @Test
    void aTicketIsMergedIntoAnotherAndTakenBack() {
        Answer one = host.create("Same matter");
        Answer two = host.create("The matter");
        Answer merged = host.post("/tickets/" + one.id() + "/merge", "{\"into\":\"" + two.at("/key") + "\"}")
                .is(200);
        assertThat(merged.at("/mergedInto/id")).isEqualTo(two.id());
        assertThat(host.post("/tickets/" + one.id() + "/merge", "{\"into\":null}")
                        .is(200)
                        .at("/mergedInto"))
                .isEqualTo("null");
        Answer unknown = host.post("/tickets/" + one.id() + "/merge", "{\"into\":\"00000000\"}")
                .isProblem(422, "invalid");
        assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/into");
        host.post("/tickets/" + one.id() + "/merge", "{\"into\":\"" + one.id() + "\"}")
                .isProblem(422, "invalid");
    }

    @Test
    void everyChangeIsTold() {
        Answer created = host.create("Told");
        String path = "/tickets/" + created.id();
        host.patch(path, "{\"priority\":\"high\"}").is(200);
        host.patch(path, "{\"priority\":\"low\"}").is(200);
        Answer first = host.get(path + "/history?limit=2").is(200);
        assertThat(first.each("/items", "actor")).containsExactly("anonymous", "anonymous");
        assertThat(first.at("/items/1/changes/0/field")).isEqualTo("priority");
        assertThat(first.at("/items/1/changes/0/old")).isEqualTo("normal");
        assertThat(first.at("/items/1/node")).isEqualTo(host.node().nodeId().toString());
        assertThat(first.header("Link")).endsWith("cursor=" + first.at("/next") + ">; rel=\"next\"");
        Answer second =
                host.get(path + "/history?limit=2&cursor=" + first.at("/next")).is(200);
        assertThat(second.at("/items/0/changes/0/new")).isEqualTo("low");
        assertThat(second.has("/items/1")).isFalse();
        assertThat(second.has("/next")).isFalse();
        assertThat(second.header("Link")).isNull();
    }
}
