package io.ticketmesh.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonPointer;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole real issue tracker, sent over HTTP to an empty help desk: nothing of it may be missing, and nothing may come twice. */
class TrackerArchiveTest {
    private static final JsonLimits LIMITS =
            JsonLimits.DEFAULT.withDocumentBytes(1 << 26).withStringChars(1 << 22);

    @TempDir
    static Path directory;

    private static byte[] archive;
    private static Desk desk;
    private static JsonValue report;

    @BeforeAll
    static void importTheArchive() throws IOException {
        try (InputStream packed =
                        TrackerArchiveTest.class.getResourceAsStream("/sample-data/tls13-spec-archive.json.gz");
                InputStream unpacked = new GZIPInputStream(packed)) {
            archive = unpacked.readAllBytes();
        }
        desk = new Desk(directory.resolve("desk"));
        report = desk.load("application/json", archive);
    }

    @AfterAll
    static void stop() {
        desk.close();
    }

    @Test
    void everyIssueBecomesATicketAndPullRequestsArePassedOver() {
        assertThat(text(report, "/totals/rows")).isEqualTo("446");
        assertThat(text(report, "/totals/created")).isEqualTo("446");
        assertThat(text(report, "/totals/failed")).isEqualTo("0");
        assertThat(text(report, "/totals/passedOver")).isEqualTo("998");
        assertThat(text(report, "/fault")).isNull();
        assertThat(text(desk.json("/tickets?count=true&limit=1"), "/total")).isEqualTo("446");
    }

    @Test
    void nothingOfAnIssueIsLost() {
        int comments = 0;
        for (JsonValue issue : list(json(archive), "/issues")) {
            String number = text(issue, "/number");
            JsonValue ticket = desk.ticketOf(number);
            assertThat(text(ticket, "/title")).isEqualTo(text(issue, "/title").strip());
            assertThat(text(ticket, "/description")).isEqualTo(text(issue, "/body"));
            assertThat(text(ticket, "/createdBy")).isEqualTo(text(issue, "/author"));
            assertThat(text(ticket, "/reporter")).isEqualTo(text(issue, "/author"));
            assertThat(texts(ticket, "/tags")).containsExactlyInAnyOrderElementsOf(texts(issue, "/labels"));
            assertThat(text(ticket, "/status")).isEqualTo("closed").isEqualToIgnoringCase(text(issue, "/state"));
            assertThat(text(ticket, "/customFields/url")).isEqualTo(text(issue, "/url"));
            assertThat(time(ticket, "/createdAt")).isEqualTo(time(issue, "/createdAt"));
            assertThat(time(ticket, "/closedAt")).isEqualTo(time(issue, "/closedAt"));
            assertThat(time(ticket, "/updatedAt")).isEqualTo(time(issue, "/updatedAt"));
            comments += assertSameComments(number, list(issue, "/comments"), desk.comments(text(ticket, "/id")));
        }
        assertThat(comments).isEqualTo(963);
    }

    private static int assertSameComments(String number, List<JsonValue> sent, List<JsonValue> shown) {
        assertThat(shown).as("comments of issue %s", number).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            JsonValue comment = shown.get(i);
            boolean edited = time(sent.get(i), "/updatedAt").isAfter(time(sent.get(i), "/createdAt"));
            assertThat(text(comment, "/author")).isEqualTo(text(sent.get(i), "/author"));
            assertThat(text(comment, "/body")).isEqualTo(text(sent.get(i), "/body"));
            assertThat(time(comment, "/createdAt")).isEqualTo(time(sent.get(i), "/createdAt"));
            assertThat(edited ? time(comment, "/editedAt") : text(comment, "/editedAt"))
                    .isEqualTo(edited ? time(sent.get(i), "/updatedAt") : null);
        }
        return shown.size();
    }

    @Test
    void aSecondImportStoresNothing() {
        JsonValue node = desk.json("/ticketmesh/mesh");
        JsonValue counts = desk.json("/tickets/stats");
        JsonValue digest = desk.json("/ticketmesh/mesh/digest");

        JsonValue again = desk.load("application/json", archive);

        assertThat(text(again, "/totals/unchanged")).isEqualTo("446");
        assertThat(text(again, "/totals/rows")).isEqualTo("446");
        assertThat(part(desk.json("/ticketmesh/mesh"), "/version")).isEqualTo(part(node, "/version"));
        assertThat(desk.json("/tickets/stats")).isEqualTo(counts);
        assertThat(desk.json("/ticketmesh/mesh/digest")).isEqualTo(digest);
    }

    @Test
    void whatIsExportedMakesTheSameTicketsElsewhere() {
        byte[] export = desk.get("/tickets/export");
        assertThat(new String(export, StandardCharsets.UTF_8).lines()).hasSize(446);

        try (Desk other = new Desk(directory.resolve("other"))) {
            JsonValue taken = other.load("application/x-ndjson", export);

            assertThat(text(taken, "/totals/created")).isEqualTo("446");
            assertThat(other.get("/tickets/export")).isEqualTo(export);
        }
    }

    @Test
    void aPhraseIsFoundWhereverItStands() {
        String phrase = "/tickets?count=true&q=" + URLEncoder.encode("\"static RSA\"", StandardCharsets.UTF_8);
        JsonValue found = desk.json(phrase);
        for (int tries = 1;
                tries < 30 && found.at(JsonPointer.parse("/complete")).isPresent();
                tries++) {
            found = desk.json(phrase); // each waits a while for the index
        }

        assertThat(text(found, "/total")).isEqualTo("3");
        assertThat(list(found, "/items"))
                .extracting(item -> text(item, "/title"))
                .containsExactlyInAnyOrder(
                        "Drop static RSA", "Determine replacement MTI cipher suite", "Remove DH_* Cipher suites");
    }

    private static JsonValue json(byte[] document) {
        return Json.parse(document, LIMITS);
    }

    private static JsonValue part(JsonValue json, String pointer) {
        return json.at(JsonPointer.parse(pointer))
                .orElseThrow(() -> new AssertionError("nothing at " + pointer + " in " + json));
    }

    private static @Nullable String text(JsonValue json, String pointer) {
        JsonValue value = part(json, pointer);
        if (value instanceof JsonNull) {
            return null;
        }
        return value instanceof JsonString string ? string.text() : value.toString();
    }

    private static Instant time(JsonValue json, String pointer) {
        return Instant.parse(text(json, pointer));
    }

    private static List<JsonValue> list(JsonValue json, String pointer) {
        return ((JsonArray) part(json, pointer)).elements();
    }

    private static List<String> texts(JsonValue json, String pointer) {
        return list(json, pointer).stream()
                .map(element -> ((JsonString) element).text())
                .toList();
    }

    /** The sample as a process would run it, on a free port and a directory of its own, and a client for it. */
    private static final class Desk implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final ConfigurableApplicationContext application;
        private final String address;

        private Desk(Path home) {
            application = SpringApplication.run(
                    SampleApplication.class,
                    "--server.address=127.0.0.1",
                    "--server.port=0",
                    "--sample.data.enabled=false",
                    "--ticketmesh.mesh.cluster=",
                    "--ticketmesh.data-dir=" + home);
            address = "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port");
        }

        private JsonValue load(String type, byte[] body) {
            return TrackerArchiveTest.json(send(HttpRequest.newBuilder(URI.create(address + "/tickets/import"))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))));
        }

        private byte[] get(String path) {
            return send(HttpRequest.newBuilder(URI.create(address + path)));
        }

        private JsonValue json(String path) {
            return TrackerArchiveTest.json(get(path));
        }

        private JsonValue ticketOf(String number) {
            List<JsonValue> items = list(json("/tickets?externalId=github:tlswg/tls13-spec%23" + number), "/items");
            assertThat(items).as("tickets of issue %s", number).hasSize(1);
            return items.get(0);
        }

        private List<JsonValue> comments(String id) {
            List<JsonValue> all = new ArrayList<>();
            String path = "/tickets/" + id + "/comments?limit=20";
            JsonValue page = json(path);
            all.addAll(list(page, "/items"));
            while (page.at(JsonPointer.parse("/next")).isPresent()) {
                page = json(path + "&cursor=" + text(page, "/next"));
                all.addAll(list(page, "/items"));
            }
            return all;
        }

        private byte[] send(HttpRequest.Builder request) {
            HttpResponse<byte[]> answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                    .join();
            assertThat(answer.statusCode())
                    .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
                    .isEqualTo(200);
            return answer.body();
        }

        @Override
        public void close() {
            application.close();
        }
    }
}
