package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static io.ticketmesh.spring.rest.SignedIn.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice is erased: whatever is asked, nobody is told what she wrote or what she is called. */
class ErasureTest {
    private static final String SECRET = "xylophone";
    private static final String ERASURES = "/ticketmesh/erasures";

    private final Host host = Host.start(SignedIn.class, SignedIn.ROLES);

    @AfterEach
    void stop() {
        host.close();
    }

    private String path() {
        String path = "/tickets/"
                + host.post(
                                "/tickets",
                                "{\"title\":\"My " + SECRET + "\",\"description\":\"The " + SECRET + "\"}",
                                ALICE)
                        .is(201)
                        .id();
        host.post(path + "/comments", "{\"body\":\"Where is my " + SECRET + "?\"}", ALICE)
                .is(201);
        host.post(path + "/comments", "{\"body\":\"We look for it\"}", ANNA).is(201);
        return path;
    }

    private String finished(Answer begun) {
        Waiting.until(() -> {
            Answer now = host.get(begun.header("Location"), ROOT);
            return now.status() == 200 && now.at("/finished").equals("true");
        });
        return begun.header("Location");
    }

    @Test
    void nobodyIsToldWhatAnErasedPersonWroteOrIsCalled() {
        String since = host.get("/tickets/changes", ANNA).at("/next");
        String path = path();
        String created = host.get(path + "/history", ANNA).at("/items/0/id").replace("#", "%23");
        String etag = host.get(path, ANNA).header("ETag").replace("\"", "%22");

        String erasure =
                finished(host.post(ERASURES, "{\"person\":\"alice\"}", ROOT).is(202));

        for (String question : List.of(
                "/tickets?count=true",
                "/tickets?q=" + SECRET,
                path,
                path + "?asOf=" + created,
                path + "?asOf=" + etag,
                path + "/comments",
                path + "/comments?asOf=" + etag,
                path + "/history",
                path + "/copies",
                "/tickets/stats",
                "/tickets/export?format=ndjson",
                "/tickets/export?format=csv",
                "/tickets/changes?since=" + since)) {
            String told = host.get(question, ANNA).is(200).text();
            assertThat(told).as(question).doesNotContain(SECRET).doesNotContain("alice");
        }
        assertThat(host.get("/tickets?count=true&q=" + SECRET, ANNA).at("/total"))
                .isEqualTo("0");
        Answer told = host.get(erasure, ROOT);
        assertThat(told.at("/complete")).isEqualTo("true");
        assertThat(told.at("/by")).isEqualTo("root");
        assertThat(told.each("/members", "confirmed")).containsExactly("true");
        assertThat(host.get(path, ANNA).at("/title")).isEqualTo("[redacted]");
        assertThat(host.get(path, ANNA).at("/reporter")).isEqualTo(told.at("/pseudonym"));
    }

    @Test
    void onlyAnAdminErasesAndWhatIsNoPersonIsRefused() {
        for (String[] other : List.of(ALICE, ANNA)) {
            assertThat(host.post(ERASURES, "{\"person\":\"alice\"}", other)
                            .isProblem(403, "access-denied")
                            .at("/action"))
                    .isEqualTo("erase");
            host.get(ERASURES + "/x", other).isProblem(403, "access-denied");
            host.get(ERASURES, other).isProblem(403, "access-denied");
        }
        assertThat(host.get(ERASURES, ROOT).is(200).each("/items", "id")).isEmpty();
        host.post(ERASURES, "{\"person\":\" \"}", ROOT).isProblem(422, "invalid");
        host.post(ERASURES, "{\"person\":\"alice\",\"mode\":\"burn\",\"x\":1}", ROOT)
                .isProblem(422, "invalid");
        host.post(ERASURES, "{}", ROOT).isProblem(422, "invalid");
        host.get(ERASURES + "/x", ROOT).isProblem(404, "not-found");
    }

    @Test
    void purgingRemovesTheTicketsThatWereHers() {
        String path = path();
        finished(host.post(ERASURES, "{\"person\":\"alice\",\"mode\":\"purge\"}", ROOT)
                .is(202));
        host.get(path, ANNA).isProblem(410, "purged");
        finished(host.post(ERASURES, "{\"person\":\"bob\"}", ROOT).is(202));

        Answer list = host.get(ERASURES, ROOT).is(200);
        assertThat(list.each("/items", "mode")).containsExactly("redact", "purge");
        assertThat(list.at("/items/1/tickets")).isEqualTo("1");
        assertThat(list.each("/items", "complete")).containsExactly("true", "true");
        assertThat(list.text()).doesNotContain("alice", "bob");
    }
}
