package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sheet of a hundred thousand rows, larger than the whole heap of the process that it passes through, in and out again; and a bundle of what
 * came of it, out of that process and into another one that is as small.
 */
@Tag("kill")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LargeSheetIT {
    private static final int ROWS = 100_000;
    private static final int EVERY_WRONG = 1_000;
    private static final int WRONG = ROWS / EVERY_WRONG;
    private static final String TEXT =
            "The printer on the third floor is \"on fire\" again; somebody should look, soon.\n".repeat(36);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void aSheetLargerThanTheHeapGoesInAndComesBackAsItWasAndSoDoesABundle() throws Exception {
        Path sheet = directory.resolve("sheet.csv");
        write(sheet);
        assertThat(Files.size(sheet)).isGreaterThan((long) Program.SMALL_MEBIBYTES << 20);
        List<String> settings = List.of("--ticketmesh.mesh.cluster=", "--ticketmesh.rest.max-import=1GB");
        try (SampleNode node = new SampleNode(directory.resolve("node"), Program.SMALL, settings).start()) {
            long begin = System.nanoTime();
            String report = load(node, sheet);
            long loaded = System.nanoTime();
            Path exported = export(node, "exported.csv");
            long written = System.nanoTime();
            String again = load(node, exported);

            assertThat(JsonPath.<Integer>read(report, "$.totals.created")).isEqualTo(ROWS - WRONG);
            assertThat(JsonPath.<Integer>read(report, "$.totals.failed")).isEqualTo(WRONG);
            List<Map<String, Object>> failed = JsonPath.read(report, "$.rows[?(@.action == 'failed')]");
            assertThat(failed).hasSize(WRONG);
            for (int i = 0; i < WRONG; i++) {
                Map<String, Object> row = failed.get(i);
                assertThat(row).containsEntry("row", lineOf(i * EVERY_WRONG + EVERY_WRONG - 1));
                assertThat(JsonPath.<String>read(row, "$.problems[0].column")).isEqualTo("priority");
                assertThat(JsonPath.<String>read(row, "$.problems[0].code")).isEqualTo("not-allowed");
            }
            assertThat(Files.size(exported)).isGreaterThan((long) Program.SMALL_MEBIBYTES << 20);
            assertThat(JsonPath.<Integer>read(again, "$.totals.unchanged")).isEqualTo(ROWS - WRONG);
            assertThat(JsonPath.<Integer>read(again, "$.totals.rows")).isEqualTo(ROWS - WRONG);
            long compared = System.nanoTime();
            System.out.printf(
                    "%d rows, %d MiB, through a heap of %d MiB: in %.1f s, out %.1f s, compared %.1f s%n",
                    ROWS,
                    Files.size(sheet) >> 20,
                    Program.SMALL_MEBIBYTES,
                    (loaded - begin) / 1e9,
                    (written - loaded) / 1e9,
                    (compared - written) / 1e9);
            seed(node, settings);
        }
    }

    private void seed(SampleNode node, List<String> settings) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path bundle = download(node, "/ticketmesh/bundle", "tickets.bundle");
        long written = System.nanoTime();
        assertThat(Files.size(bundle)).isGreaterThan((long) Program.SMALL_MEBIBYTES << 20);
        try (SampleNode second = new SampleNode(directory.resolve("second"), Program.SMALL, settings).start()) {
            long started = System.nanoTime();
            String report = upload(second, "/ticketmesh/bundle", "application/vnd.ticketmesh.bundle", bundle);
            long read = System.nanoTime();

            assertThat(JsonPath.<Integer>read(report, "$.operations")).isGreaterThanOrEqualTo(ROWS - WRONG);
            assertThat(JsonPath.<Integer>read(report, "$.added"))
                    .isEqualTo(JsonPath.<Integer>read(report, "$.operations"));
            assertThat(second.digest()).isEqualTo(node.digest());
            System.out.printf(
                    "%d operations, a bundle of %d MiB, through heaps of %d MiB: out %.1f s, in %.1f s; the heaps hold %d and %d MiB then%n",
                    JsonPath.<Integer>read(report, "$.operations"),
                    Files.size(bundle) >> 20,
                    Program.SMALL_MEBIBYTES,
                    (written - begin) / 1e9,
                    (read - started) / 1e9,
                    node.heapBytes() >> 20,
                    second.heapBytes() >> 20);
        }
    }

    private static void write(Path sheet) throws IOException {
        String description = "\"" + TEXT.replace("\"", "\"\"") + "\"";
        try (BufferedWriter csv = Files.newBufferedWriter(sheet)) {
            csv.write("title,externalId,priority,description\r\n");
            for (int row = 0; row < ROWS; row++) {
                String priority = row % EVERY_WRONG == EVERY_WRONG - 1 ? "loud" : "high";
                csv.write("'=Ticket " + row + ",E-" + row + "," + priority + "," + description + "\r\n");
            }
        }
    }

    /** Where the row begins: the header is one line, every row before as many as its text has, and one. */
    private static int lineOf(int row) {
        int lines = (int) TEXT.lines().count() + 1;
        return 2 + row * lines;
    }

    private String load(SampleNode node, Path sheet) throws IOException, InterruptedException {
        return upload(node, "/tickets/import", "text/csv", sheet);
    }

    private String upload(SampleNode node, String path, String type, Path file)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        SampleNode.require(answer, 200);
        return answer.body();
    }

    private Path export(SampleNode node, String name) throws IOException, InterruptedException {
        return download(node, "/tickets/export?format=csv", name);
    }

    private Path download(SampleNode node, String path, String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + path))
                .timeout(Duration.ofMinutes(5))
                .build();
        HttpResponse<Path> answer = http.send(request, BodyHandlers.ofFile(directory.resolve(name)));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
