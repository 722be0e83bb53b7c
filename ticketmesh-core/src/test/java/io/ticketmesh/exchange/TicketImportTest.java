package io.ticketmesh.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.exchange.ImportRow.Action;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketImportTest {
    private static final String FIRST = "0198c5a1-7d3e-7a6b-9c1d-000000000001";
    private static final String SECOND = "0198c5a1-7d3e-7a6b-9c1d-000000000002";

    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2026-01-31T14:05:00Z").toEpochMilli());
    private final TicketMesh mesh = TicketMesh.builder().clock(clock::get).open();
    private final Tickets alice = mesh.tickets("alice");
    private final TicketImport importer = mesh.importer("importer");

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void aTitleIsEnough() throws IOException {
        ImportReport report = ndjson("{\"title\":\"Printer\"}\n\n{\"title\":\"Scanner\"}");

        assertThat(report.rows()).extracting(ImportRow::row).containsExactly(1L, 3L);
        TicketView ticket = mesh.service().get(report.rows().get(0).ticket());
        assertThat(ticket.title()).isEqualTo("Printer");
        assertThat(ticket.createdBy()).isEqualTo("importer");
        assertThat(ticket.watchers()).containsExactly("importer");
        assertThat(ticket.createdAt()).isEqualTo("2026-01-31T14:05:00Z");
    }

    @Test
    void whatIsStatedOfAuthorsAndTimesIsBelieved() throws IOException {
        ImportReport report = ndjson("""
                {"title":"Printer","externalId":"E-1","createdBy":"bob","createdAt":"2020-01-01T00:00:00Z","updatedAt":"2020-02-01T00:00:00Z",\
                "status":"resolved","comments":[{"author":"carol","createdAt":"2020-01-02T00:00:00Z","body":"hm"},\
                {"author":"bob","createdAt":"2020-01-03T00:00:00Z","body":"me too","kind":"internal"}]}""");

        TicketView ticket = mesh.service().get(report.rows().get(0).ticket());
        assertThat(ticket.id()).isEqualTo(TicketId.derived("import", "", "E-1"));
        assertThat(ticket.createdBy()).isEqualTo("bob");
        assertThat(ticket.watchers()).containsExactly("bob");
        assertThat(ticket.firstResponseAt()).isEqualTo("2020-01-02T00:00:00Z");
        assertThat(ticket.updatedAt()).isEqualTo("2020-02-01T00:00:00Z");
        assertThat(ticket.resolvedAt()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(ticket.commentCount(false)).isEqualTo(1);
    }

    @Test
    void whatWasDoneElsewhereComesInDone() throws IOException {
        ndjson("{\"title\":\"Printer\",\"externalId\":\"E-1\",\"status\":\"resolved\"}");
        csv("title,externalId,status\r\nScanner,E-2,closed\r\n");

        assertThat(mesh.service().get(TicketId.derived("import", "", "E-1")).status())
                .isEqualTo(Status.RESOLVED);
        assertThat(mesh.service().get(TicketId.derived("import", "", "E-2")).status())
                .isEqualTo(Status.CLOSED);
    }

    @Test
    void aRowWithoutAStatusBeginsAsItsWorkflowSays() throws IOException {
        Status todo = new Status("todo");
        Workflow chores = Workflow.builder()
                .state(todo, StatusCategory.OPEN)
                .initial(todo)
                .resolutions("done")
                .types("chore")
                .build();
        byte[] row = "{\"title\":\"Sweep\",\"externalId\":\"E-1\"}".getBytes(UTF_8);
        try (TicketMesh desk =
                TicketMesh.builder().clock(clock::get).workflow(chores).open()) {
            desk.importer("importer").ndjson(new ByteArrayInputStream(row));
            VersionVector once = desk.version();
            desk.importer("importer").ndjson(new ByteArrayInputStream(row));

            assertThat(desk.service().get(TicketId.derived("import", "", "E-1")).status())
                    .isEqualTo(todo);
            assertThat(desk.version()).isEqualTo(once);
        }
    }

    @Test
    void aRecordedCommentOfTheReporterReopensNothing() throws IOException {
        String line = """
                {"title":"Printer","externalId":"E-1","createdBy":"bob","createdAt":"2020-01-01T00:00:00Z","trail":[\
                {"status":"resolved","resolution":"fixed","by":"carol","at":"2020-01-02T00:00:00Z"}],\
                "comments":[{"author":"bob","createdAt":"2020-01-03T00:00:00Z","body":"thanks"}]}""";
        ImportReport report = ndjson(line);

        TicketView ticket = mesh.service().get(report.rows().get(0).ticket());
        assertThat(ticket.status()).isEqualTo(Status.RESOLVED);
        assertThat(ticket.resolvedAt()).isEqualTo("2020-01-02T00:00:00Z");
        alice.change(ticket.id().toString(), edit -> edit.reporter("alice"));
        alice.comment(ticket.id().toString(), "it burns again");
        assertThat(alice.get(ticket.id().toString()).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void oneBadRowSpoilsOnlyItself() throws IOException {
        ImportReport report = ndjson("""
                {"title":"good"}
                {"title":" ","tags":["a","%s"],"comments":[{"body":""},{"body":"x","kind":"loud"}],"createdAt":"yesterday","boom":1,\
                "trail":[{"status":"lost"}],"createdBy":" ","id":"7"}
                {"title":
                [1]
                {"title":"good too"}""".formatted("y".repeat(65)));

        assertThat(report.rows())
                .extracting(ImportRow::action)
                .containsExactly(Action.CREATED, Action.FAILED, Action.FAILED, Action.FAILED, Action.CREATED);
        assertThat(report.rows().get(1).problems())
                .extracting(problem -> problem.pointer() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "/title blank",
                        "/tags/1 too-long",
                        "/comments/0/body blank",
                        "/comments/1/kind not-allowed",
                        "/createdAt invalid",
                        "/boom unknown-field",
                        "/trail/0/status not-allowed",
                        "/createdBy blank",
                        "/id invalid");
        assertThat(report.rows().get(2).problems().get(0).detail()).startsWith("line 3, column");
        assertThat(mesh.tickets().counts().living()).isEqualTo(2);
    }

    @Test
    void whatTheNodeRefusesIsReportedToo() throws IOException {
        alice.create("There", edit -> {
            edit.externalId("full");
            for (int i = 0; i < 50; i++) {
                edit.tag("t" + i);
            }
        });
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            fields.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":1");
        }
        ndjson("{\"externalId\":\"full\",\"customFields\":{" + fields + "}}");

        ImportReport report = ndjson("{\"externalId\":\"full\",\"customFields\":{\"one_more\":1}}");

        assertThat(report.rows().get(0).action()).isEqualTo(Action.FAILED);
        assertThat(report.rows().get(0).problems())
                .extracting(problem -> problem.pointer() + " " + problem.code())
                .containsExactly("/customFields too-many");
    }

    @Test
    void aTicketIsFoundByItsExternalIdHoweverItWasMade() throws IOException {
        TicketView ticket = alice.create(
                "There", edit -> edit.externalId("ERP-7").tag("old").assignee("bob"));

        ImportReport report = ndjson("{\"externalId\":\"ERP-7\",\"title\":\"Here\",\"tags\":[\"new\"]}");

        assertThat(report.rows().get(0).action()).isEqualTo(Action.UPDATED);
        assertThat(report.rows().get(0).ticket()).isEqualTo(ticket.id());
        TicketView changed = mesh.service().get(ticket.id());
        assertThat(changed.title()).isEqualTo("Here");
        assertThat(changed.tags()).containsExactly("new");
        assertThat(changed.assignee()).isEqualTo("bob");
    }

    @Test
    void creatingLeavesAloneWhatIsThere() throws IOException {
        String lines = "{\"externalId\":\"A\",\"title\":\"one\"}\n{\"externalId\":\"A\",\"title\":\"two\"}";

        ImportReport report = importer.mode(TicketImport.Mode.CREATE).ndjson(stream(lines));

        assertThat(report.rows()).extracting(ImportRow::action).containsExactly(Action.CREATED, Action.SKIPPED);
        assertThat(mesh.service().get(LineComparison.idOf("A")).title()).isEqualTo("one");
        assertThat(ndjson(lines).rows())
                .extracting(ImportRow::action)
                .containsExactly(Action.UNCHANGED, Action.UPDATED);
    }

    @Test
    void aLifeThatIsTooLongFailsBeforeAnythingIsStored() throws IOException {
        String step = "{\"status\":\"open\"}";
        ImportReport report = ndjson("{\"title\":\"t\",\"trail\":[" + step + ("," + step).repeat(1_000) + "]}");

        assertThat(report.rows().get(0).problems())
                .extracting(problem -> problem.pointer() + " " + problem.code() + " " + problem.limit())
                .containsExactly("/trail too-long 1000");
        assertThat(mesh.tickets().counts().living()).isZero();
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndStoresNothing() throws IOException {
        alice.create("There", edit -> edit.externalId("A"));
        VersionVector before = mesh.version();

        ImportReport report = importer.dryRun(true)
                .ndjson(
                        stream(
                                "{\"externalId\":\"A\",\"title\":\"x\"}\n{\"externalId\":\"A\"}\n{\"externalId\":\"B\",\"title\":\"x\"}\n{}"));

        assertThat(report.dryRun()).isTrue();
        assertThat(report.rows())
                .extracting(ImportRow::action)
                .containsExactly(Action.UPDATED, Action.UNCHANGED, Action.CREATED, Action.FAILED);
        assertThat(mesh.version()).isEqualTo(before);
    }

    @Test
    void rowsMayNameTicketsOfLaterRows() throws IOException {
        String lines = """
                {"id":"%1$s","title":"one","links":[{"type":"blocks","target":"%2$s"}],"mergedInto":"%2$s",\
                "deleted":{"by":"bob","at":"2026-01-31T14:06:00Z"}}
                {"id":"%2$s","title":"two","links":[{"type":"parent","id":"%1$s"}]}""".formatted(FIRST, SECOND);

        assertThat(ndjson(lines).total(Action.CREATED)).isEqualTo(2);

        TicketView first = alice.get(FIRST);
        assertThat(first.isDeleted()).isTrue();
        assertThat(first.mergedInto()).isEqualTo(TicketId.parse(SECOND));
        assertThat(first.links()).extracting(link -> link.type()).containsExactly(LinkType.BLOCKS);
        assertThat(ndjson(lines).total(Action.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void aLinkToNobodyFailsItsRowButKeepsTheTicket() throws IOException {
        ImportReport report =
                ndjson("{\"id\":\"%s\",\"title\":\"one\",\"links\":[{\"type\":\"blocks\",\"target\":\"%s\"}]}"
                        .formatted(FIRST, SECOND));

        assertThat(report.rows().get(0).action()).isEqualTo(Action.FAILED);
        assertThat(report.rows().get(0).problems())
                .extracting(problem -> problem.code())
                .containsExactly("unknown-ticket");
        assertThat(report.rows().get(0).notes()).containsExactly("a part of the row was stored");
        assertThat(alice.get(FIRST).links()).isEmpty();
    }

    @Test
    void deletedTicketsStayDeletedAndPurgedOnesPurged() throws IOException {
        ndjson("{\"externalId\":\"A\",\"title\":\"one\"}\n{\"externalId\":\"B\",\"title\":\"two\"}");
        alice.delete(LineComparison.idOf("A").toString());
        alice.purge(LineComparison.idOf("B").toString());

        ImportReport report =
                ndjson("{\"externalId\":\"A\",\"title\":\"new\"}\n{\"externalId\":\"B\",\"title\":\"two\"}");

        assertThat(report.rows()).extracting(ImportRow::action).containsExactly(Action.SKIPPED, Action.SKIPPED);
        assertThat(report.rows())
                .extracting(row -> row.problems().get(0).code())
                .containsExactly("deleted", "purged");
        assertThat(mesh.service().get(LineComparison.idOf("A")).title()).isEqualTo("one");
    }

    @Test
    void commentsAreAddedAndEditedButNeverTakenAway() throws IOException {
        ndjson("{\"externalId\":\"A\",\"title\":\"t\",\"comments\":[{\"body\":\"one\"},{\"body\":\"two\"}]}");
        String reference = LineComparison.idOf("A").toString();
        alice.comment(reference, "local");

        ImportReport report = ndjson(
                "{\"externalId\":\"A\",\"comments\":[{\"body\":\"ONE\"},{\"body\":\"two\"},{\"body\":\"three\"}]}");

        assertThat(report.rows().get(0).action()).isEqualTo(Action.UPDATED);
        assertThat(alice.comments(reference))
                .extracting(CommentView::body)
                .containsExactlyInAnyOrder("ONE", "two", "three", "local");
        ndjson(
                "{\"externalId\":\"A\",\"comments\":[{\"redactedBy\":\"bob\",\"redactedAt\":\"2026-02-01T00:00:00Z\"}]}");
        assertThat(alice.comments(reference))
                .extracting(CommentView::body)
                .contains("")
                .doesNotContain("ONE");
    }

    @Test
    void statusOfARowWithoutTrailFollowsTheWorkflow() throws IOException {
        ndjson("{\"externalId\":\"A\",\"title\":\"t\",\"status\":\"closed\"}");

        ImportReport refused = ndjson("{\"externalId\":\"A\",\"status\":\"pending\"}");

        assertThat(refused.rows().get(0).problems().get(0).detail()).contains("cannot become pending");
        assertThat(ndjson("{\"externalId\":\"A\",\"status\":\"open\"}").total(Action.UPDATED))
                .isEqualTo(1);
    }

    @Test
    void csvColumnsComeInAnyOrder() throws IOException {
        ImportReport report = csv("""
                \uFEFFtags,title,externalId,priority,customFields,links
                "a; b\\; c",'=Printer,E-1,high,"{""floor"":3}",
                ,Scanner,E-2,,,blocks TM-NOBODY00
                ,Copier,E-3,,{,
                ,Fax,E-4
                ,'Shredder,E-5,low,,
                """);

        assertThat(report.rows())
                .extracting(row -> row.row() + " " + row.action())
                .containsExactly("2 CREATED", "3 FAILED", "4 FAILED", "5 FAILED", "6 CREATED");
        assertThat(report.rows().get(1).problems().get(0).pointer()).isEqualTo("/links/0/target");
        assertThat(report.rows().get(2).problems().get(0).pointer()).isEqualTo("/customFields");
        assertThat(report.rows().get(3).problems().get(0).detail()).contains("3 cells", "6");
        TicketView ticket = mesh.service().get(LineComparison.idOf("E-1"));
        assertThat(ticket.title()).isEqualTo("=Printer");
        assertThat(ticket.tags()).containsExactly("a", "b; c");
        assertThat(ticket.customFields()).hasSize(1);
        assertThat(mesh.service().get(LineComparison.idOf("E-5")).title()).isEqualTo("'Shredder");
    }

    @Test
    void aCellBeyondAllLimitsFailsItsRecordOnly() throws IOException {
        ImportReport report = csv("title,externalId,description\nx,1," + "x".repeat((1 << 20) + 1) + "\ny,2,"
                + "y".repeat(65_537) + "\nz,3,z\n");

        assertThat(report.rows())
                .extracting(ImportRow::action)
                .containsExactly(Action.FAILED, Action.FAILED, Action.CREATED);
        assertThat(report.rows().get(0).problems().get(0).code()).isEqualTo("malformed");
        assertThat(report.rows().get(1).problems().get(0).code()).isEqualTo("too-long");
    }

    @Test
    void anEmptyCellTakesAFieldBack() throws IOException {
        csv("externalId,title,assignee,dueDate,tags\nE-1,t,bob,2026-02-03,a\n");
        csv("externalId,assignee,dueDate,tags,title\nE-1,,,,\n");

        TicketView ticket = mesh.service().get(LineComparison.idOf("E-1"));
        assertThat(ticket.assignee()).isNull();
        assertThat(ticket.dueDate()).isNull();
        assertThat(ticket.tags()).isEmpty();
        assertThat(ticket.title()).isEqualTo("t");
    }

    @Test
    void aWrongCellIsToldByItsColumn() throws IOException {
        ImportReport report = csv("""
                title,priority,tags,customFields,deletedAt,resolvedAt,status,links,reporter,occurrences
                "two
                lines",loud,a;%s,{,never,yesterday,resolved,blocks,\t,x
                fine,low,,,,,open,,,
                ,,,,,,,,,
                """.formatted("y".repeat(65)));

        assertThat(report.rows()).extracting(ImportRow::row).containsExactly(2L, 4L, 5L);
        assertThat(report.rows())
                .extracting(ImportRow::action)
                .containsExactly(Action.FAILED, Action.CREATED, Action.FAILED);
        assertThat(report.rows().get(0).problems())
                .extracting(problem -> problem.column() + " " + problem.code())
                .containsExactlyInAnyOrder(
                        "title control-character",
                        "priority not-allowed",
                        "tags too-long",
                        "customFields malformed",
                        "deletedAt invalid",
                        "resolvedAt invalid",
                        "links required",
                        "reporter blank",
                        "occurrences wrong-type");
        assertThat(report.rows().get(2).problems())
                .extracting(ImportProblem::column)
                .containsExactly("title");
        assertThat(JsonWriter.text(report::write)).contains("\"pointer\":\"/tags/1\",\"column\":\"tags\"");
    }

    @Test
    void whatTheNodeRefusesHasAColumnToo() throws IOException {
        csv("externalId,title,status\nE-1,t,closed\n");

        ImportReport report = csv("externalId,status\nE-1,pending\nE-1,open\nE-1\n");

        assertThat(report.rows().get(0).problems())
                .extracting(problem -> problem.column() + " " + problem.code())
                .containsExactly("status transition-refused");
        assertThat(report.rows().get(1).action()).isEqualTo(Action.UPDATED);
        assertThat(report.rows().get(2).problems())
                .extracting(ImportProblem::column)
                .containsOnlyNulls();
    }

    /** As spreadsheets save it where a comma stands in numbers, and as they copy it. */
    @Test
    void whatSeparatesTheNamesSeparatesTheCells() throws IOException {
        csv("\uFEFFexternalId;title;tags;description\r\nE-1;\"a; b\";\"x; y\";1,5\r\n");
        csv("\"externalId\"\t\"title\"\rE-2\ta;b,c\r");

        TicketView semicolons = mesh.service().get(LineComparison.idOf("E-1"));
        assertThat(semicolons.title()).isEqualTo("a; b");
        assertThat(semicolons.tags()).containsExactly("x", "y");
        assertThat(semicolons.description()).isEqualTo("1,5");
        assertThat(mesh.service().get(LineComparison.idOf("E-2")).title()).isEqualTo("a;b,c");
    }

    @Test
    void bytesThatAreNoTextEndTheImportBehindTheRowsBefore() throws IOException {
        byte[] file = ("title\n" + "good\n".repeat(5_000) + "bl\u00f6d\n").getBytes(ISO_8859_1);

        ImportReport report = importer.csv(new ByteArrayInputStream(file));

        assertThat(report.fault()).contains("UTF-8");
        assertThat(report.total(Action.CREATED))
                .isEqualTo(mesh.tickets().counts().living())
                .isPositive();
        assertThat(importer.csv(new ByteArrayInputStream(new byte[] {(byte) 0xff, (byte) 0xfe}))
                        .fault())
                .contains("UTF-8");
    }

    @Test
    void aHeaderThatCannotBeReadImportsNothing() throws IOException {
        assertThat(csv("title,colour\nx,red\n").fault()).contains("'colour'");
        assertThat(csv("title,title\nx,y\n").fault()).contains("twice");
        assertThat(csv("").fault()).contains("empty");
        assertThat(importer.csv(new ByteArrayInputStream("title\nbl\u00f6d\n".getBytes(ISO_8859_1)))
                        .fault())
                .contains("UTF-8");
        assertThat(mesh.tickets().counts().living()).isZero();
    }

    @Test
    void theReportIsJsonToo() throws IOException {
        ImportReport report = ndjson("{\"title\":\"t\",\"id\":\"" + FIRST + "\"}\n{}");

        assertThat(JsonWriter.text(report::write))
                .isEqualTo("""
                {"dryRun":false,"totals":{"rows":2,"created":1,"updated":0,"unchanged":0,"skipped":0,"failed":1,"passedOver":0},\
                "fault":null,"rows":[{"row":1,"action":"created","id":"%s","key":"%s","externalId":null,"problems":[],"notes":[]},\
                {"row":2,"action":"failed","id":null,"key":null,"externalId":null,\
                "problems":[{"pointer":"/title","code":"required","limit":null,"detail":"is required"}],"notes":[]}],"rowsOmitted":0}""".formatted(FIRST, TicketId.parse(FIRST).key()));
    }

    @Test
    void anImporterNeedsAName() {
        assertThatThrownBy(() -> mesh.importer(" ")).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void aFailingStreamIsNotAFaultOfTheFile() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("unplugged");
            }
        };

        assertThatThrownBy(() -> importer.ndjson(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
        assertThatThrownBy(() -> importer.csv(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
        assertThatThrownBy(() -> importer.githubArchive(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }

    @Test
    void aTicketImportedTwiceAtTheSameTimeIsOneTicket() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append("{\"externalId\":\"X-")
                    .append(i)
                    .append("\",\"title\":\"t\",\"comments\":[{\"body\":\"c\"}]}\n");
        }
        ImportReport[] other = new ImportReport[1];
        Thread second = new Thread(() -> {
            try {
                other[0] = mesh.importer("second").ndjson(stream(lines.toString()));
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
        second.start();
        ImportReport first = ndjson(lines.toString());
        second.join();

        assertThat(first.total(Action.FAILED) + other[0].total(Action.FAILED)).isZero();
        assertThat(first.total(Action.CREATED) + other[0].total(Action.CREATED)).isEqualTo(500);
        assertThat(mesh.tickets().counts().living()).isEqualTo(500);
        assertThat(mesh.tickets().query(TicketQuery.newest(100)).items())
                .extracting(ticket -> ticket.commentCount(true))
                .containsOnly(1);
    }

    @Test
    void aReportParsesAsWhatItSays() throws IOException {
        byte[] json = JsonWriter.bytes(ndjson("nonsense\n{\"title\":\"t\"}")::write);

        assertThat(Json.parse(json, JsonLimits.DEFAULT).kind()).isEqualTo("an object");
        assertThat(new String(json, UTF_8)).contains("\"failed\":1").contains("\"created\":1");
        assertThat(List.of(Action.values())).extracting(Action::label).contains("unchanged");
    }

    private ImportReport ndjson(String lines) throws IOException {
        return importer.ndjson(stream(lines));
    }

    private ImportReport csv(String text) throws IOException {
        return importer.csv(stream(text));
    }

    private static InputStream stream(String text) {
        return RoundTripTest.stream(text);
    }
}
