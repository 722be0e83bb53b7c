package io.ticketmesh.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private Host host;

    @BeforeEach
    void start() {
        host = Host.start("ticketmesh.rest.max-import=1MB");
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private Answer load(String parameters, String type, String body) {
        return host.send("POST", "/tickets/import" + parameters, body, "Content-Type", type);
    }

    @Test
    void whatOneNodeExportsAnotherImportsOnce() {
        Answer ticket = host.post("/tickets", "{\"title\":\"Travels\",\"tags\":[\"x\"],\"externalId\":\"E-1\"}")
                .is(201);
        host.post("/tickets/" + ticket.id() + "/comments", "{\"body\":\"Along\"}")
                .is(201);
        host.create("Stays");
        Answer export = host.get("/tickets/export?tag=x").is(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(export.header("Content-Disposition")).contains("tickets.ndjson");
        assertThat(export.text().lines()).hasSize(1);
        try (Host other = Host.start()) {
            Answer report = other.send("POST", "/tickets/import", export.text(), "Content-Type", "application/x-ndjson")
                    .is(200);
            assertThat(report.at("/totals/created")).isEqualTo("1");
            assertThat(other.get("/tickets/" + ticket.id()).is(200).at("/commentCount"))
                    .isEqualTo("1");
            VersionVector before = other.node().version();
            Answer again = other.send("POST", "/tickets/import", export.text(), "Content-Type", "application/x-ndjson")
                    .is(200);
            assertThat(again.at("/totals/unchanged")).isEqualTo("1");
            assertThat(other.node().version()).isEqualTo(before);
            assertThat(other.get("/tickets/export").text()).isEqualTo(export.text());
        }
    }

    @Test
    void theFormatIsChosenByNameOrByHeader() {
        host.create("=Formula");
        Answer csv = host.get("/tickets/export", "Accept", "text/csv").is(200);
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text()).startsWith("id,").contains("'=Formula");
        assertThat(host.get("/tickets/export?format=csv", "Accept", "application/json")
                        .is(200)
                        .text())
                .isEqualTo(csv.text());
        host.get("/tickets/export", "Accept", "application/xml").isProblem(406, "not-acceptable");
        host.get("/tickets/export?format=xml").isProblem(400, "invalid-parameter");
        host.get("/tickets/export?limit=1").isProblem(400, "invalid-parameter");
        assertThat(host.send("HEAD", "/tickets/export", null).is(200).body()).isEmpty();
    }

    @Test
    void everyRowSucceedsOrFailsForItself() {
        Answer report = load(
                        "",
                        "application/x-ndjson",
                        "{\"title\":\"Good\"}\n{\"title\":\"\"}\nnonsense\n{\"title\":\"Good too\"}\n")
                .is(200);
        assertThat(report.at("/totals/created")).isEqualTo("2");
        assertThat(report.at("/totals/failed")).isEqualTo("2");
        assertThat(report.each("/rows", "action")).containsExactly("created", "failed", "failed", "created");
        assertThat(host.get("/tickets?count=true").at("/total")).isEqualTo("2");
    }

    @Test
    void aDryRunStoresNothing() {
        VersionVector before = host.node().version();
        Answer report = load("?dryRun=true", "text/csv", "title,priority\r\nFrom a sheet,high\r\n")
                .is(200);
        assertThat(report.at("/dryRun")).isEqualTo("true");
        assertThat(report.at("/totals/created")).isEqualTo("1");
        assertThat(host.node().version()).isEqualTo(before);
        load("", "text/csv; charset=utf-8", "title,priority\r\nFrom a sheet,high\r\n")
                .is(200);
        assertThat(host.get("/tickets").at("/items/0/priority")).isEqualTo("high");
    }

    @Test
    void modeCreateLeavesAloneWhatIsThere() {
        String row = "{\"externalId\":\"E-2\",\"title\":\"%s\"}\n";
        load("?mode=create", "application/x-ndjson", row.formatted("First")).is(200);
        assertThat(load("?mode=create", "application/x-ndjson", row.formatted("Second"))
                        .is(200)
                        .at("/totals/skipped"))
                .isEqualTo("1");
        assertThat(load("?mode=upsert", "application/x-ndjson", row.formatted("Third"))
                        .is(200)
                        .at("/totals/updated"))
                .isEqualTo("1");
        assertThat(host.get("/tickets").at("/items/0/title")).isEqualTo("Third");
    }

    @Test
    void anArchiveOfIssuesIsTaken() {
        String archive = "{\"repo\":\"owner/name\",\"issues\":[],\"pulls\":[]}";
        Answer report = load("", "application/json", archive).is(200);
        assertThat(report.at("/totals/rows")).isEqualTo("0");
    }

    @Test
    void badImportsAreRefused() {
        VersionVector before = host.node().version();
        load("", "text/plain", "x").isProblem(415, "unsupported-media-type");
        load("?mode=replace", "text/csv", "title\r\n").isProblem(400, "invalid-parameter");
        load("?dryrun=true", "text/csv", "title\r\n").isProblem(400, "invalid-parameter");
        byte[] huge = ("\"" + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8);
        host.sendAsync("POST", "/tickets/import", huge, "Content-Type", "application/x-ndjson")
                .join()
                .isProblem(413, "too-large");
        for (String type : List.of("text/csv", "application/json", "application/x-ndjson")) {
            Answer report = load("", type, "\u0000\"{[");
            assertThat(report.status()).as(type + report.text()).isIn(200, 400, 422);
            assertThat(report.text()).doesNotContain("Exception");
        }
        assertThat(host.node().version()).isEqualTo(before);
    }
}
