package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonArray;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonNull;
import io.ticketmesh.json.JsonObject;
import io.ticketmesh.json.JsonString;
import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.Rfc3339;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Some issues of a real public tracker, chosen for what is unusual about them. */
class GithubArchiveTest {
    private static final String SMALL = """
            {"repo":"o/r","issues":[
             {"number":1,"title":"%s","state":"%s","author":null,"body":null,"labels":[{"name":"bug"}],"assignees":[{"login":"bob"},"carol"],
              "createdAt":"2020-01-01T00:00:00Z","updatedAt":"2020-01-05T00:00:00Z","closedAt":%s,%s"comments":[
               {"author":{"login":"bob"},"body":"a","createdAt":"2020-01-02T00:00:00Z"},
               {"author":{"login":"bob"},"body":"b","createdAt":"2020-01-02T00:00:00Z"}]}],"pulls":[{},{}]}""";

    private final TicketMesh mesh = TicketMesh.builder().open();

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void everyIssueComesOutAsItsArchiveSays() throws IOException {
        List<JsonObject> issues = issues();

        ImportReport report = mesh.importer("importer").githubArchive(archive());

        assertThat(report.rows())
                .filteredOn(row -> row.action() != Action.CREATED)
                .isEmpty();
        assertThat(report.total(Action.CREATED)).isEqualTo(issues.size()).isEqualTo(21);
        assertThat(report.passedOver()).isEqualTo(2);
        assertThat(report.fault()).isNull();
        for (JsonObject issue : issues) {
            requireSame(
                    issue,
                    ticketOf("github:tlswg/tls13-spec#" + issue.member("number").orElseThrow()));
        }
    }

    @Test
    void importingItAgainStoresNothing() throws IOException {
        mesh.importer("importer").githubArchive(archive());
        VersionVector before = mesh.version();

        ImportReport again = mesh.importer("somebody else").githubArchive(archive());

        assertThat(again.total(Action.UNCHANGED)).isEqualTo(21);
        assertThat(mesh.version()).isEqualTo(before);
    }

    @Test
    void anotherNodeMakesTheSameTicketsOfIt() throws IOException {
        try (TicketMesh other = TicketMesh.builder().open()) {
            mesh.importer("importer").githubArchive(archive());
            other.importer("importer").githubArchive(archive());

            assertThat(RoundTripTest.ndjson(other)).isEqualTo(RoundTripTest.ndjson(mesh));
        }
    }

    @Test
    void whatTheExportWritesOfItIsImportedAlike() throws IOException {
        try (TicketMesh other = TicketMesh.builder().open()) {
            mesh.importer("importer").githubArchive(archive());
            String exported = RoundTripTest.ndjson(mesh);
            other.importer("importer").ndjson(RoundTripTest.stream(exported));

            assertThat(RoundTripTest.ndjson(other)).isEqualTo(exported);
        }
    }

    @Test
    void goneAuthorsAreGhostsAndPeopleAndLabelsMayBeObjects() throws IOException {
        mesh.importer("importer").githubArchive(small("t", "OPEN", "null", ""));

        TicketView ticket = ticketOf("github:o/r#1");
        assertThat(ticket.createdBy()).isEqualTo("ghost");
        assertThat(ticket.assignee()).isEqualTo("bob");
        assertThat(ticket.watchers()).containsExactly("carol", "ghost");
        assertThat(ticket.tags()).containsExactly("bug");
        assertThat(ticket.type()).isEqualTo("bug");
        assertThat(ticket.status()).isEqualTo(Status.OPEN);
        assertThat(comments(ticket)).extracting(CommentView::body).containsExactlyInAnyOrder("a", "b");
        assertThat(ticket.updatedAt()).isEqualTo("2020-01-05T00:00:00Z");
    }

    @Test
    void anIssueThatWasClosedAndOpenedSinceFollows() throws IOException {
        TicketImport importer = mesh.importer("importer");
        importer.githubArchive(small("t", "OPEN", "null", ""));
        importer.githubArchive(small("t", "CLOSED", "\"2020-01-04T00:00:00Z\"", "\"stateReason\":\"NOT_PLANNED\","));
        TicketView closed = ticketOf("github:o/r#1");
        assertThat(closed.status()).isEqualTo(Status.CLOSED);
        assertThat(closed.resolution()).isEqualTo("wont_fix");
        assertThat(closed.closedAt()).isEqualTo("2020-01-04T00:00:00Z");

        ImportReport reopened = importer.githubArchive(small("t2", "OPEN", "null", ""));
        assertThat(reopened.total(Action.UPDATED)).isEqualTo(1);
        assertThat(ticketOf("github:o/r#1").status()).isEqualTo(Status.OPEN);
        assertThat(ticketOf("github:o/r#1").title()).isEqualTo("t2");
        assertThat(importer.githubArchive(small("t2", "OPEN", "null", "")).total(Action.UNCHANGED))
                .isEqualTo(1);
    }

    @Test
    void overLongTitlesFailUnlessCutting() throws IOException {
        String title = "x".repeat(254) + "\uD83D\uDE00y";

        ImportReport failed = mesh.importer("importer").githubArchive(small(title, "OPEN", "null", ""));
        assertThat(failed.rows().get(0).problems())
                .extracting(problem -> problem.pointer() + " " + problem.code() + " " + problem.limit())
                .containsExactly("/title too-long 255");

        ImportReport cut = mesh.importer("importer").truncating(true).githubArchive(small(title, "OPEN", "null", ""));
        assertThat(cut.rows().get(0).action()).isEqualTo(Action.CREATED);
        assertThat(cut.rows().get(0).notes()).containsExactly("/title was cut from 257 characters to 254");
        assertThat(ticketOf("github:o/r#1").title()).isEqualTo("x".repeat(254));
    }

    @Test
    void aBrokenArchiveSaysWhereAndKeepsWhatCameBefore() throws IOException {
        String whole = new String(small("t", "OPEN", "null", "").readAllBytes(), UTF_8);

        ImportReport cut = mesh.importer("importer")
                .githubArchive(RoundTripTest.stream(whole.substring(0, whole.indexOf("\"pulls\""))));
        assertThat(cut.fault()).startsWith("line 5, column");
        assertThat(cut.total(Action.CREATED)).isEqualTo(1);

        assertThat(mesh.importer("importer")
                        .githubArchive(RoundTripTest.stream("{\"issues\":[{}]}"))
                        .fault())
                .contains("'repo'");
        ImportReport empty =
                mesh.importer("importer").githubArchive(RoundTripTest.stream("{\"repo\":\"o/r\",\"issues\":[{},7]}"));
        assertThat(empty.total(Action.FAILED)).isEqualTo(2);
        assertThat(empty.rows().get(1).problems().get(0).detail()).contains("must be an object");
    }

    private void requireSame(JsonObject issue, TicketView ticket) {
        assertThat(ticket.title()).isEqualTo(text(issue, "title").strip());
        assertThat(ticket.description()).isEqualTo(text(issue, "body"));
        assertThat(ticket.createdBy()).isEqualTo(text(issue, "author"));
        assertThat(ticket.createdAt()).isEqualTo(time(issue, "createdAt"));
        assertThat(ticket.updatedAt()).isEqualTo(time(issue, "updatedAt"));
        assertThat(ticket.status()).isEqualTo(Status.CLOSED);
        assertThat(ticket.closedAt()).isEqualTo(time(issue, "closedAt"));
        assertThat(ticket.reopenCount()).isZero();
        assertThat(ticket.tags()).containsExactlyInAnyOrderElementsOf(texts(issue, "labels"));
        assertThat(ticket.assignee())
                .isEqualTo(texts(issue, "assignees").stream().findFirst().orElse(null));
        assertThat(ticket.customFields()).containsEntry("url", new FieldValue.Text(text(issue, "url")));
        List<String> expected = new ArrayList<>();
        for (JsonValue comment : ((JsonArray) issue.member("comments").orElseThrow()).elements()) {
            JsonObject object = (JsonObject) comment;
            boolean edited = !text(object, "createdAt").equals(text(object, "updatedAt"));
            expected.add(text(object, "author") + " " + time(object, "createdAt") + " "
                    + (edited ? time(object, "updatedAt") : null) + " " + text(object, "body"));
        }
        assertThat(comments(ticket))
                .extracting(comment -> comment.author() + " " + comment.createdAt() + " "
                        + (comment.edit() == null
                                ? null
                                : Instant.ofEpochMilli(comment.edit().atMillis())) + " "
                        + comment.body())
                .containsExactlyElementsOf(expected);
    }

    private TicketView ticketOf(String externalId) {
        return mesh.service().get(LineComparison.idOf(externalId));
    }

    private List<CommentView> comments(TicketView ticket) {
        return mesh.tickets().comments(ticket.id().toString());
    }

    private static InputStream small(String title, String state, String closedAt, String more) {
        return RoundTripTest.stream(SMALL.formatted(title, state, closedAt, more));
    }

    private static List<JsonObject> issues() throws IOException {
        JsonObject archive = (JsonObject) Json.parse(archive(), JsonLimits.DEFAULT);
        return ((JsonArray) archive.member("issues").orElseThrow())
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static InputStream archive() {
        InputStream stream = GithubArchiveTest.class.getResourceAsStream("github-archive.json");
        assertThat(stream).isNotNull();
        return stream;
    }

    private static String text(JsonObject object, String name) {
        JsonValue value = object.member(name).orElseThrow();
        return value instanceof JsonNull ? "" : ((JsonString) value).text();
    }

    private static Instant time(JsonObject object, String name) {
        return Rfc3339.instant(text(object, name));
    }

    private static List<String> texts(JsonObject object, String name) {
        return ((JsonArray) object.member(name).orElseThrow())
                .elements().stream().map(value -> ((JsonString) value).text()).toList();
    }
}
