package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ticketmesh.causality.VersionVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client does wrong, it hears exactly what, and nothing is stored. */
class BadInputTest {
    private static final String JSON = "application/json";
    private static final String ABSENT = "0198c5a1-7d3e-7a6b-9c1d-2e3f4a5b6c7d";
    private static Host host;
    private static String ticket;

    @BeforeAll
    static void start() {
        host = Host.start();
        ticket = "/tickets/" + host.create("Untouched").id();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("", 400, "malformed-json", null),
                arguments("{", 400, "malformed-json", null),
                arguments("nonsense", 400, "malformed-json", null),
                arguments("{\"title\":\"a\",}", 400, "malformed-json", null),
                arguments("{\"title\":\"a\"} x", 400, "malformed-json", null),
                arguments("{'title':'a'}", 400, "malformed-json", null),
                arguments("{\"title\":\"a\",\"title\":\"b\"}", 400, "malformed-json", null),
                arguments("{\"title\":\"\\uD800\"}", 400, "malformed-json", null),
                arguments("{\"title\":\"a\u0001b\"}", 400, "malformed-json", null),
                arguments("{\"title\":NaN}", 400, "malformed-json", null),
                arguments("{\"title\":1e999999999}", 400, "malformed-json", null),
                arguments("[".repeat(5_000), 400, "malformed-json", null),
                arguments("{\"title\":\"" + "x".repeat(140_000) + "\"}", 400, "malformed-json", null),
                arguments("null", 422, "invalid", ""),
                arguments("[]", 422, "invalid", ""),
                arguments("\"text\"", 422, "invalid", ""),
                arguments("{}", 422, "invalid", "/title"),
                arguments("{\"title\":null}", 422, "invalid", "/title"),
                arguments("{\"title\":\"   \"}", 422, "invalid", "/title"),
                arguments("{\"title\":12}", 422, "invalid", "/title"),
                arguments("{\"title\":[\"a\"]}", 422, "invalid", "/title"),
                arguments("{\"title\":\"a\\u0007b\"}", 422, "invalid", "/title"),
                arguments("{\"title\":\"a\\nb\"}", 422, "invalid", "/title"),
                arguments("{\"title\":\"" + "x".repeat(256) + "\"}", 422, "invalid", "/title"),
                arguments(
                        "{\"title\":\"a\",\"description\":\"" + "x".repeat(65_537) + "\"}",
                        422,
                        "invalid",
                        "/description"),
                arguments("{\"title\":\"a\",\"description\":\"a\\u0000b\"}", 422, "invalid", "/description"),
                arguments("{\"title\":\"a\",\"status\":\"lost\"}", 422, "invalid", "/status"),
                arguments("{\"title\":\"a\",\"priority\":\"HIGHEST\"}", 422, "invalid", "/priority"),
                arguments("{\"title\":\"a\",\"priority\":3}", 422, "invalid", "/priority"),
                arguments("{\"title\":\"a\",\"type\":\"party\"}", 422, "invalid", "/type"),
                arguments("{\"title\":\"a\",\"queue\":\"No Slug\"}", 422, "invalid", "/queue"),
                arguments("{\"title\":\"a\",\"assignee\":\"" + "x".repeat(129) + "\"}", 422, "invalid", "/assignee"),
                arguments("{\"title\":\"a\",\"dueAt\":\"tomorrow\"}", 422, "invalid", "/dueAt"),
                arguments("{\"title\":\"a\",\"dueAt\":\"2026-02-30T00:00:00Z\"}", 422, "invalid", "/dueAt"),
                arguments("{\"title\":\"a\",\"dueAt\":\"2026-01-01T00:00:00\"}", 422, "invalid", "/dueAt"),
                arguments("{\"title\":\"a\",\"dueDate\":\"31.12.2026\"}", 422, "invalid", "/dueDate"),
                arguments("{\"title\":\"a\",\"tags\":\"x\"}", 422, "invalid", "/tags"),
                arguments("{\"title\":\"a\",\"tags\":[1]}", 422, "invalid", "/tags/0"),
                arguments("{\"title\":\"a\",\"tags\":[\"" + "x".repeat(65) + "\"]}", 422, "invalid", "/tags/0"),
                arguments("{\"title\":\"a\",\"customFields\":{\"Bad-Key\":1}}", 422, "invalid", null),
                arguments("{\"title\":\"a\",\"customFields\":{\"deep\":{\"a\":{}}}}", 422, "invalid", null),
                arguments(
                        "{\"title\":\"a\",\"links\":[{\"type\":\"blocks\",\"target\":\"00000000\"}]}",
                        422,
                        "invalid",
                        null),
                arguments("{\"title\":\"a\",\"id\":\"x\"}", 422, "invalid", "/id"),
                arguments("{\"title\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\"}", 422, "invalid", "/createdAt"),
                arguments("{\"title\":\"a\",\"tittle\":\"b\"}", 422, "invalid", "/tittle"),
                arguments("{\"title\":\"a\",\"a/b~c\":1}", 422, "invalid", "/a~1b~0c"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBadBodyIsNotStored(String body, int status, String code, String pointer) {
        VersionVector before = host.node().version();
        Answer answer = host.post("/tickets", body).isProblem(status, code);
        if (code.equals("malformed-json")) {
            assertThat(Integer.parseInt(answer.at("/line"))).isPositive();
            assertThat(Integer.parseInt(answer.at("/column"))).isPositive();
        } else if (pointer != null) {
            assertThat(answer.at("/errors/0/pointer")).isEqualTo(pointer);
        }
        assertThat(host.node().version()).isEqualTo(before);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                // paths and methods
                arguments("GET", "/tickets/", null, null, 404, "not-found"),
                arguments("GET", "/tickets/a/b/c/d", null, null, 404, "not-found"),
                arguments("GET", "/ticketmesh/console", null, null, 404, "not-found"),
                arguments("GET", "/ticketmesh/nothing", null, null, 404, "not-found"),
                arguments("DELETE", "/tickets", null, null, 405, "method-not-allowed"),
                arguments("DELETE", "/tickets/stats", null, null, 405, "method-not-allowed"),
                arguments("PATCH", "/tickets/bulk", "{}", JSON, 405, "method-not-allowed"),
                arguments("POST", "{ticket}", "{}", JSON, 405, "method-not-allowed"),
                arguments("POST", "/ticketmesh/meta", "{}", JSON, 405, "method-not-allowed"),
                arguments("BREW", "/tickets", null, null, 405, "method-not-allowed"),
                arguments("GET", "{ticket}/tags/x", null, null, 405, "method-not-allowed"),
                // references
                arguments("GET", "/tickets/nonsense!", null, null, 404, "unknown-ticket"),
                arguments("GET", "/tickets/" + ABSENT, null, null, 404, "unknown-ticket"),
                arguments("GET", "/tickets/" + "x".repeat(3_000), null, null, 404, "unknown-ticket"),
                arguments("GET", "/tickets/%C3%A4%F0%9F%92%A5", null, null, 404, "unknown-ticket"),
                arguments("PATCH", "/tickets/" + ABSENT, "{}", JSON, 404, "unknown-ticket"),
                arguments("DELETE", "/tickets/" + ABSENT, null, null, 404, "unknown-ticket"),
                arguments("POST", "/tickets/" + ABSENT + "/restore", "", JSON, 404, "unknown-ticket"),
                arguments(
                        "POST",
                        "/tickets/" + ABSENT + "/transitions",
                        "{\"to\":\"open\"}",
                        JSON,
                        404,
                        "unknown-ticket"),
                arguments("POST", "/tickets/" + ABSENT + "/merge", "{\"into\":null}", JSON, 404, "unknown-ticket"),
                arguments("PUT", "/tickets/" + ABSENT + "/tags/x", null, null, 404, "unknown-ticket"),
                arguments("GET", "/tickets/" + ABSENT + "/history", null, null, 404, "unknown-ticket"),
                arguments("GET", "/tickets/" + ABSENT + "/conflicts", null, null, 404, "unknown-ticket"),
                // parameters
                arguments("GET", "/tickets?unknown=1", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?limit=-1", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?limit=1.5", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?limit=5&limit=6", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?count=maybe", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?sort=-priority,-priority", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?cursor=%00", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?cursor=" + "A".repeat(2_000), null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?dueBefore=2026-13-01", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?overdue=1", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?has=everything", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?status=", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?q=%22open", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?q=" + "x".repeat(1_001), null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?q=nonsense:x", null, null, 400, "invalid-parameter"),
                arguments("GET", "/tickets?" + "a=1&".repeat(300), null, null, 400, "malformed-request"),
                arguments("GET", "/tickets?q=%C3", null, null, 400, "malformed-request"),
                arguments("GET", "{ticket}?deleted=yes", null, null, 400, "invalid-parameter"),
                arguments("GET", "{ticket}?fields=id", null, null, 400, "invalid-parameter"),
                arguments("DELETE", "{ticket}?purge=1", null, null, 400, "invalid-parameter"),
                arguments("POST", "/tickets?dryRun=true", "{\"title\":\"a\"}", JSON, 400, "invalid-parameter"),
                arguments("GET", "{ticket}/history?cursor=x", null, null, 400, "invalid-parameter"),
                arguments("GET", "{ticket}/comments?sort=id", null, null, 400, "invalid-parameter"),
                arguments("GET", "/ticketmesh/meta?x", null, null, 400, "invalid-parameter"),
                // media types
                arguments("POST", "/tickets", "{\"title\":\"a\"}", "text/plain", 415, "unsupported-media-type"),
                arguments("POST", "/tickets", "{\"title\":\"a\"}", null, 415, "unsupported-media-type"),
                arguments("POST", "/tickets", "{\"title\":\"a\"}", "nonsense", 415, "unsupported-media-type"),
                arguments(
                        "POST",
                        "/tickets",
                        "{\"title\":\"a\"}",
                        "application/json;charset=latin1",
                        415,
                        "unsupported-media-type"),
                arguments(
                        "POST",
                        "/tickets",
                        "title=a",
                        "application/x-www-form-urlencoded",
                        415,
                        "unsupported-media-type"),
                arguments("POST", "/tickets", "x", "multipart/form-data", 415, "unsupported-media-type"),
                arguments("POST", "/tickets", "x", "multipart/form-data; boundary=x", 415, "unsupported-media-type"),
                arguments("PATCH", "{ticket}", "a=%zz", "application/x-www-form-urlencoded", 400, "malformed-request"),
                arguments("PATCH", "{ticket}", "{}", "application/xml", 415, "unsupported-media-type"),
                arguments("PATCH", "{ticket}/comments/" + ABSENT, "{}", "text/plain", 404, "unknown-ticket"),
                // bodies of the others
                arguments("POST", "{ticket}/transitions", "{}", JSON, 422, "invalid"),
                arguments("POST", "{ticket}/transitions", "{\"to\":\"open\",\"when\":1}", JSON, 422, "invalid"),
                arguments(
                        "POST",
                        "{ticket}/transitions",
                        "{\"to\":\"open\",\"resolution\":\"fixed\"}",
                        JSON,
                        422,
                        "invalid"),
                arguments("POST", "{ticket}/comments", "{\"body\":\" \"}", JSON, 422, "invalid"),
                arguments("POST", "{ticket}/comments", "{\"body\":\"a\",\"kind\":\"system\"}", JSON, 422, "invalid"),
                arguments(
                        "POST", "{ticket}/comments", "{\"body\":\"" + "x".repeat(65_537) + "\"}", JSON, 422, "invalid"),
                arguments("POST", "{ticket}/restore", "{\"x\":1}", JSON, 422, "invalid"),
                arguments("POST", "{ticket}/merge", "{}", JSON, 422, "invalid"),
                arguments("POST", "{ticket}/conflicts/title", "{\"value\":\"a\"}", JSON, 409, "no-conflict"),
                arguments("POST", "{ticket}/conflicts/queue", "{\"value\":\"a\"}", JSON, 404, "unknown-ticket"),
                arguments("POST", "/tickets/bulk", "{\"operations\":{}}", JSON, 422, "invalid"),
                arguments("POST", "/tickets/bulk", "{\"operations\":[1]}", JSON, 422, "invalid"),
                arguments("PATCH", "{ticket}", "{\"title\":null}", JSON, 422, "invalid"),
                arguments("PATCH", "{ticket}", "{\"status\":\"nowhere\"}", JSON, 422, "invalid"),
                arguments("PATCH", "{ticket}", "{\"etag\":\"x\"}", JSON, 422, "invalid"),
                arguments("PATCH", "{ticket}", "[]", JSON, 422, "invalid"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aBadRequestIsToldWhatIsWrong(String method, String path, String body, String type, int status, String code) {
        VersionVector before = host.node().version();
        String[] headers = type == null ? new String[0] : new String[] {"Content-Type", type};
        Answer answer = host.send(method, path.replace("{ticket}", ticket), body, headers)
                .isProblem(status, code);
        if (status == 405) {
            assertThat(answer.header("Allow")).contains("OPTIONS");
        }
        if (status == 415 && !method.equals("PATCH")) {
            assertThat(answer.header("Accept")).isEqualTo("application/json");
        }
        assertThat(host.node().version()).isEqualTo(before);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                arguments("Accept", "application/xml", 406, "not-acceptable"),
                arguments("Accept", "text/html, application/json;q=0, */*;q=0.5", 406, "not-acceptable"),
                arguments("Accept", "nonsense", 400, "invalid-header"),
                arguments("If-None-Match", "abc", 400, "invalid-header"),
                arguments("If-None-Match", "\"a\" \"b\"", 400, "invalid-header"),
                arguments("If-None-Match", "\"a\",", 400, "invalid-header"),
                arguments("If-None-Match", "\"a", 400, "invalid-header"),
                arguments("If-None-Match", "", 400, "invalid-header"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aBadHeaderIsToldWhatIsWrong(String name, String value, int status, String code) {
        host.get(ticket, name, value).isProblem(status, code);
    }

    @Test
    void whatTheClientDoesNotTakeIsNotStored() {
        VersionVector before = host.node().version();
        host.post("/tickets", "{\"title\":\"a\"}", "Accept", "text/csv").isProblem(406, "not-acceptable");
        assertThat(host.node().version()).isEqualTo(before);
        host.post("/tickets", "{\"title\":\"a\"}", "Accept", "application/*;q=0.1")
                .is(201);
    }

    @Test
    void aHugeBodyIsRefusedWhetherOrNotItSaysHowLongItIs() throws Exception {
        VersionVector before = host.node().version();
        byte[] huge = ("{\"title\":\"" + "x".repeat(12 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        Answer known = host.sendAsync("POST", "/tickets", huge, "Content-Type", JSON)
                .join()
                .isProblem(413, "too-large");
        assertThat(known.at("/limit")).isEqualTo(String.valueOf(1 << 20));
        HttpRequest chunked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + "/tickets"))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofByteArray());
        new Answer(answer.statusCode(), answer.headers(), answer.body()).isProblem(413, "too-large");
        assertThat(host.node().version()).isEqualTo(before);
    }

    @Test
    void aCompressedBodyIsNotTaken() {
        Answer refused = host.post("/tickets", "{\"title\":\"a\"}", "Content-Encoding", "gzip")
                .isProblem(415, "unsupported-media-type");
        assertThat(refused.header("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void bytesThatNoLibraryWouldSendAreAnsweredToo() throws IOException {
        VersionVector before = host.node().version();
        String end = "Host: 127.0.0.1\r\nConnection: close\r\n";
        List<String> requests = List.of(
                "GET /tickets?q=%zz HTTP/1.1\r\n" + end + "\r\n",
                "GET /tickets?q=%F HTTP/1.1\r\n" + end + "\r\n",
                "POST /tickets HTTP/1.1\r\n" + end
                        + "Content-Type: application/json\r\nIdempotency-Key: schl\u00FCssel\r\n"
                        + "Content-Length: 13\r\n\r\n{\"title\":\"a\"}",
                "POST /tickets HTTP/1.1\r\n" + end
                        + "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"title\":\"\u00FC\"}",
                "POST /tickets HTTP/1.1\r\n" + end + "Content-Type: application/json\r\nContent-Type: text/plain\r\n"
                        + "Content-Length: 13\r\n\r\n{\"title\":\"a\"}");
        for (String request : requests) {
            String answer = host.raw(request);
            assertThat(answer).as(request).startsWith("HTTP/1.1 4").contains("application/problem+json");
        }
        assertThat(host.node().version()).isEqualTo(before);
    }

    @Test
    void whatTheContainerRefusesItselfStaysAMistakeOfTheClient() throws IOException {
        String end = "Host: 127.0.0.1\r\nConnection: close\r\n";
        String chunk = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n";
        assertThat(host.raw("POST /tickets HTTP/1.1\r\n" + end + chunk)).startsWith("HTTP/1.1 400");
        assertThat(host.raw("GET /tickets/%zz HTTP/1.1\r\n" + end + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(host.raw("GET /tickets/%00 HTTP/1.1\r\n" + end + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(host.raw("GET /tickets/a%2Fb HTTP/1.1\r\n" + end + "\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void otherPathsAreLeftToTheApplication() {
        Answer answer = host.get("/nothing").is(404);
        assertThat(answer.header("Content-Type")).isNotEqualTo("application/problem+json");
        assertThat(host.get("/ticketsx").header("Content-Type")).isNotEqualTo("application/problem+json");
    }

    @Test
    void optionsTellWhatAPathAnswers() {
        assertThat(host.send("OPTIONS", ticket, null).is(204).header("Allow"))
                .isEqualTo("GET, PUT, PATCH, DELETE, HEAD, OPTIONS");
    }
}
