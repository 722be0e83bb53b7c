package io.ticketmesh.spring.rest;

import static io.ticketmesh.spring.rest.SignedIn.ALICE;
import static io.ticketmesh.spring.rest.SignedIn.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.spring.TicketMeshProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Two applications with the same tickets, in one of which internal comments speak of a secret. Whoever may not see those finds no
 * difference between the two at any GET endpoint, but for when tickets were last written to.
 */
class SecretWordTest {
    private static final String SECRET = "xylophone";
    private static final String ID = "0198c5a1-7d3e-4a6b-9c1d-2e3f4a5b6c7d";
    private static final String START = "/tickets/changes?since=";

    /** What each endpoint is asked, by its pattern below the roots. */
    private static final Map<String, List<String>> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put(
                "/tickets",
                List.of(
                        "/tickets?count=true",
                        "/tickets?count=true&q=" + SECRET,
                        "/tickets?count=true&q=-" + SECRET,
                        "/tickets?count=true&q=in:comment%20" + SECRET,
                        "/tickets?count=true&q=" + SECRET.substring(0, 4) + "*",
                        "/tickets?count=true&q=%22the%20" + SECRET + "%22",
                        "/tickets?count=true&q=status:new%20" + SECRET,
                        "/tickets?count=true&highlight=true&q=" + SECRET,
                        "/tickets?count=true&highlight=true&q=printer",
                        "/tickets?count=true&highlight=true&q=the",
                        "/tickets?count=true&fields=commentCount,firstResponseAt,reopenCount"));
        QUESTIONS.put("/tickets/changes", List.of(START, START + "&q=" + SECRET));
        QUESTIONS.put(
                "/tickets/export",
                List.of(
                        "/tickets/export?format=ndjson",
                        "/tickets/export?format=csv",
                        "/tickets/export?format=ndjson&q=" + SECRET));
        QUESTIONS.put(
                "/tickets/similar",
                List.of(
                        "/tickets/similar?title=" + SECRET,
                        "/tickets/similar?title=printer%20" + SECRET,
                        "/tickets/similar?title=the&description=" + SECRET));
        QUESTIONS.put(
                "/tickets/stats", List.of("/tickets/stats", "/tickets/stats?zone=UTC", "/tickets/stats?q=" + SECRET));
        QUESTIONS.put("/tickets/{ref}", List.of("/tickets/" + ID, "/tickets/" + ID + "?asOf=9999-01-01T00:00:00Z"));
        QUESTIONS.put("/tickets/{ref}/transitions", List.of("/tickets/" + ID + "/transitions"));
        QUESTIONS.put(
                "/tickets/{ref}/comments",
                List.of(
                        "/tickets/" + ID + "/comments",
                        "/tickets/" + ID + "/comments?limit=1",
                        "/tickets/" + ID + "/comments?asOf=9999-01-01T00:00:00Z"));
        QUESTIONS.put("/tickets/{ref}/comments/{comment}", List.of());
        QUESTIONS.put("/tickets/{ref}/attachments", List.of("/tickets/" + ID + "/attachments"));
        QUESTIONS.put("/tickets/{ref}/attachments/{attachment}", List.of("/tickets/" + ID + "/attachments/" + ID));
        QUESTIONS.put(
                "/tickets/{ref}/history",
                List.of("/tickets/" + ID + "/history", "/tickets/" + ID + "/history?limit=1"));
        QUESTIONS.put("/tickets/{ref}/conflicts", List.of("/tickets/" + ID + "/conflicts"));
        QUESTIONS.put("/tickets/{ref}/copies", List.of("/tickets/" + ID + "/copies"));
        QUESTIONS.put("/tickets/events", List.of());
        QUESTIONS.put("/tickets/{ref}/replies/{name}", List.of("/tickets/" + ID + "/replies/plain"));
        QUESTIONS.put("/ticketmesh/views", List.of("/ticketmesh/views"));
        QUESTIONS.put("/ticketmesh/views/{name}", List.of("/ticketmesh/views/plain"));
        QUESTIONS.put("/ticketmesh/replies", List.of("/ticketmesh/replies"));
        QUESTIONS.put("/ticketmesh/replies/{name}", List.of("/ticketmesh/replies/plain"));
        QUESTIONS.put("/ticketmesh/session", List.of("/ticketmesh/session"));
        QUESTIONS.put("/ticketmesh/meta", List.of("/ticketmesh/meta"));
        QUESTIONS.put("/ticketmesh/openapi.json", List.of("/ticketmesh/openapi.json"));
        QUESTIONS.put("/ticketmesh/bundle", List.of()); // BundleTest
        QUESTIONS.put("/ticketmesh/erasures", List.of()); // ErasureTest
        QUESTIONS.put("/ticketmesh/erasures/{erasure}", List.of()); // ErasureTest
        QUESTIONS.put("/ticketmesh/mesh", List.of("/ticketmesh/mesh"));
        QUESTIONS.put("/ticketmesh/webhooks", List.of("/ticketmesh/webhooks"));
        QUESTIONS.put("/ticketmesh/webhooks/{webhook}", List.of("/ticketmesh/webhooks/" + ID));
        QUESTIONS.put(
                "/ticketmesh/webhooks/{webhook}/deliveries", List.of("/ticketmesh/webhooks/" + ID + "/deliveries"));
        QUESTIONS.put("/ticketmesh/mesh/digest", List.of("/ticketmesh/mesh/digest"));
    }

    private record Story(Host host, String start, List<String> secrets) implements AutoCloseable {
        /** The same in both applications, but for the internal comments. */
        static Story tell(boolean withSecret) {
            Host host = Host.start(SignedIn.class, SignedIn.ROLES);
            String start = host.get("/tickets/changes", ALICE).at("/next");
            String path = "/tickets/" + ID;
            List<String> secrets = new ArrayList<>();
            host.send(
                            "PUT",
                            path,
                            "{\"title\":\"Printer\"}",
                            Host.with(Host.with(ALICE, "If-None-Match", "*"), "Content-Type", "application/json"))
                    .is(201);
            if (withSecret) {
                secrets.add(internal(host, path));
            }
            host.post(path + "/comments", "{\"body\":\"We look at the printer\"}", ANNA)
                    .is(201);
            if (withSecret) {
                String edited = internal(host, path);
                host.patch(path + "/comments/" + edited, "{\"body\":\"More of the " + SECRET + "\"}", ANNA)
                        .is(200);
                String redacted = internal(host, path);
                host.delete(path + "/comments/" + redacted, ANNA).is(204);
                secrets.addAll(List.of(edited, redacted));
            }
            String comment = withSecret ? ",\"comment\":{\"kind\":\"internal\",\"body\":\"The " + SECRET + "\"}" : "";
            host.post(path + "/transitions", "{\"to\":\"resolved\"" + comment + "}", ANNA)
                    .is(200);
            host.post(path + "/comments", "{\"body\":\"Still on fire\"}", ALICE).is(201);
            return new Story(host, start, secrets);
        }

        private static String internal(Host host, String path) {
            return host.post(
                            path + "/comments",
                            "{\"kind\":\"internal\",\"body\":\"The " + SECRET + " did it, @" + SECRET + "\"}",
                            ANNA)
                    .is(201)
                    .id();
        }

        /** The answer without what differs between any two applications, and without what is told of every write. */
        String answer(String question) {
            String place = question.startsWith(START) ? START + start + question.substring(START.length()) : question;
            return host.get(place, ALICE)
                    .text()
                    .replaceAll("\"etag\":\"[^\"]*\"", "")
                    .replaceAll("\"(next|prev|node|origin|eventId)\":\"[^\"]*\"", "")
                    .replaceAll("Millis\":[0-9]+", "Millis\":some")
                    .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "some-id")
                    .replaceAll("[0-9a-f]+\\.[0-9a-f]+#[0-9]+", "some-operation")
                    .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "some-time");
        }

        @Override
        public void close() {
            host.close();
        }
    }

    /** The patterns of all that can be read, but for the files of the console. */
    static List<String> endpoints() {
        Desk desk = new Desk(
                () -> {
                    throw new AssertionError("nobody opens it");
                },
                settings(),
                null,
                null,
                null,
                null,
                null);
        return new Resources(desk)
                .routes().stream()
                        .filter(route -> !route.isFile() && route.actions().containsKey("GET"))
                        .map(Route::pattern)
                        .toList();
    }

    @Test
    void everyGetEndpointIsAsked() {
        assertThat(QUESTIONS.keySet())
                .as("a question to every endpoint that can be read, or none where it needs a test of its own")
                .containsAll(endpoints());
    }

    private static TicketMeshProperties settings() {
        return new Binder().bindOrCreate("ticketmesh", TicketMeshProperties.class);
    }

    @Test
    void whoMayNotSeeInternalCommentsFindsNoDifference() {
        try (Story plain = Story.tell(false);
                Story secretive = Story.tell(true)) {
            QUESTIONS
                    .values()
                    .forEach(questions -> questions.forEach(question -> {
                        String told = secretive.answer(question);
                        assertThat(told).as(question).doesNotContain(SECRET.substring(0, 4));
                        assertThat(told).as(question).isEqualTo(plain.answer(question));
                    }));
            for (String secret : secretive.secrets()) {
                secretive
                        .host()
                        .get("/tickets/" + ID + "/comments/" + secret, ALICE)
                        .isProblem(404, "unknown-ticket");
                secretive
                        .host()
                        .get("/tickets/" + ID + "/comments/" + secret, ANNA)
                        .is(200);
            }
            secretive.host().awaitIndex(ANNA);
            assertThat(secretive
                            .host()
                            .get("/tickets?count=true&q=" + SECRET, ANNA)
                            .at("/total"))
                    .isEqualTo("1");
            assertThat(secretive.host().get("/tickets/" + ID, ANNA).at("/commentCount"))
                    .isEqualTo("6");
            assertThat(secretive.host().get("/tickets/" + ID, ALICE).at("/commentCount"))
                    .isEqualTo("2");
        }
    }

    @Test
    void aStreamOfEventsTellsNothingOfThem() throws Exception {
        try (Story secretive = Story.tell(true);
                Listening listening =
                        Listening.to(secretive.host(), "/tickets/events", secretive.start(), SignedIn.ALICE)) {
            List<String> heard = new ArrayList<>();
            while (heard.isEmpty() || !heard.get(heard.size() - 1).contains("Still on fire")) {
                heard.add(listening.next().data());
            }
            assertThat(heard).hasSize(4).noneMatch(data -> data.contains(SECRET));
        }
    }
}
