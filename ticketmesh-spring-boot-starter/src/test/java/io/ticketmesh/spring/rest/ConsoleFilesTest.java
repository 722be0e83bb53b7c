package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the files of the console come to browsers. */
class ConsoleFilesTest {
    private static final Path SOURCES = Path.of("src/main/resources/io/ticketmesh/spring/console");

    @Test
    void allFilesAreListedAndNoOther() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Set<String> there = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.matches(".*\\.(js|css|svg)"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(ConsoleFiles.load().names()).containsExactlyElementsOf(there);
        }
    }

    @Test
    void aPageComesUnderAStrictPolicyAndItsFilesAreKeptForEver() {
        try (Host host = Host.start()) {
            Answer page = host.get("/ticketmesh/").is(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy"))
                    .isEqualTo(
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                                    + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
            host.get("/ticketmesh/", "If-None-Match", page.header("ETag")).is(304);

            Matcher script =
                    Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"").matcher(page.text());
            assertThat(script.find()).isTrue();
            Answer file = host.get("/ticketmesh/" + script.group(1)).is(200);
            assertThat(file.header("Content-Type")).startsWith("text/javascript");
            assertThat(file.header("Cache-Control")).contains("immutable");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            Answer zipped = host.get("/ticketmesh/" + script.group(1), "Accept-Encoding", "br, gzip;q=0.8")
                    .is(200);
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.header("Vary")).contains("Accept-Encoding");
            assertThat(zipped.header("ETag")).isNotEqualTo(file.header("ETag"));
            assertThat(host.get("/ticketmesh/" + script.group(1), "Accept-Encoding", "gzip;q=0")
                            .header("Content-Encoding"))
                    .isNull();
            host.get("/ticketmesh/" + script.group(1).replace("main.js", "index.html"))
                    .isProblem(404, "not-found");
            host.get("/ticketmesh/console/0000000000000000/main.js").isProblem(404, "not-found");
            host.post("/ticketmesh/", "{}").isProblem(405, "method-not-allowed");
        }
    }

    @Test
    void allAddressesAreRelativeWhateverStandsInFront() {
        try (Host host = Host.start(
                "server.servlet.context-path=/app",
                "spring.mvc.servlet.path=/mvc",
                "ticketmesh.system-path=/desk/system",
                "ticketmesh.rest.path=/desk/tickets")) {
            Answer redirect = host.get("/app/mvc/desk/system").is(308);
            assertThat(redirect.header("Location")).isEqualTo("system/");
            Answer page = host.get("/app/mvc/desk/system/").is(200);
            assertThat(page.text()).contains("content=\"../../desk/tickets\"").doesNotContain("=\"/", "{{");
            Matcher script =
                    Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"").matcher(page.text());
            assertThat(script.find()).isTrue();
            host.get("/app/mvc/desk/system/" + script.group(1)).is(200);
        }
    }

    @Test
    void thePageIsThereForThoseWhoHaveNoTokenYetAndOnlyThePage() {
        try (Host host = Host.start("ticketmesh.rest.token=secret-secret-secret-secret-1234")) {
            host.get("/ticketmesh/").is(200);
            host.get("/ticketmesh/meta").isProblem(401, "unauthenticated");
        }
    }

    @Test
    void itCanBeSwitchedOff() {
        try (Host host = Host.start("ticketmesh.console.enabled=false")) {
            host.get("/ticketmesh/").isProblem(404, "not-found");
            host.get("/ticketmesh").isProblem(404, "not-found");
            host.get("/ticketmesh/meta").is(200);
        }
    }
}
