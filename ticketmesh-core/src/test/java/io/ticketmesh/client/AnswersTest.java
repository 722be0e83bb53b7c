package io.ticketmesh.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.ServicePolicy;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimeRules;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what is made of the answers. */
@Timeout(60)
class AnswersTest {
    private FakeServer server;
    private TicketMeshClient client;

    @BeforeEach
    void start() {
        server = FakeServer.start(FakeServer.json(200, "{}"));
        client = TicketMeshClient.open(builder -> builder.servers(server.uri()).maxAttempts(2));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static RemoteTicket read(String json) {
        return RemoteTicket.read(AnswerForm.of(Json.parse(json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)));
    }

    @Test
    void promisesAreReadAndMayBeMissing() {
        TimeRules rules = TimeRules.builder()
                .policy(ServicePolicy.named("gold")
                        .target(ServiceMetric.RESOLUTION, Duration.ofHours(8))
                        .build())
                .build();
        try (TicketMesh mesh =
                TicketMesh.builder().timeRules(rules).clock(() -> 0).open()) {
            String json = Shown.json(mesh.tickets().create("Printer"));

            assertThat(read(json).promises())
                    .containsExactly(new RemotePromise(
                            "resolution",
                            "gold",
                            Duration.ofHours(8),
                            "running",
                            false,
                            Instant.EPOCH.plus(Duration.ofHours(8)),
                            Duration.ofHours(8)));
            assertThat(read(json.replace("\"sla\"", "\"unknown\"")).promises()).isEmpty();
        }
    }

    @Test
    void aTicketIsReadBackAsItWasWritten() {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            Tickets tickets = mesh.tickets("alice");
            TicketView other = tickets.create("Smoke");
            TicketView ticket = tickets.create(
                    "Printer",
                    edit -> edit.description("It *burns*")
                            .type("bug")
                            .priority(Priority.URGENT)
                            .queue("hall-3")
                            .reporter("bob")
                            .assignee("carol")
                            .tag("Hot")
                            .watcher("dave")
                            .customField("floor", new FieldValue.Numeric(new BigDecimal("3.50")))
                            .customField("seen", new FieldValue.Moment(Instant.parse("2026-01-31T14:05:00.123Z")))
                            .customField("day", new FieldValue.Day(LocalDate.parse("2026-02-01")))
                            .customField("rooms", new FieldValue.Texts(List.of("a", "b")))
                            .customField("open", new FieldValue.Flag(true))
                            .customField("note", new FieldValue.Text("x"))
                            .link(LinkType.BLOCKS, other.id())
                            .dueOn(LocalDate.parse("2026-03-01"))
                            .externalId("ext-1")
                            .occurrences(4)
                            .comment("Help"));
            TicketView resolved = tickets.transition(ticket.id().toString(), Status.RESOLVED, "workaround");
            tickets.merge(other.id().toString(), ticket.id().toString());
            TicketView deleted = tickets.delete(other.id().toString());

            RemoteTicket remote = read(Shown.json(resolved));
            assertThat(remote.id()).isEqualTo(resolved.id());
            assertThat(remote.key()).isEqualTo(resolved.key());
            assertThat(remote.etag()).isEqualTo(resolved.etag());
            assertThat(remote.type()).isEqualTo("bug");
            assertThat(remote.title()).isEqualTo("Printer");
            assertThat(remote.description()).isEqualTo("It *burns*");
            assertThat(remote.status()).isEqualTo(Status.RESOLVED);
            assertThat(remote.category()).isEqualTo(resolved.category());
            assertThat(remote.resolution()).isEqualTo("workaround");
            assertThat(remote.priority()).isEqualTo(Priority.URGENT);
            assertThat(remote.queue()).isEqualTo("hall-3");
            assertThat(remote.createdBy()).isEqualTo("alice");
            assertThat(remote.reporter()).isEqualTo("bob");
            assertThat(remote.assignee()).isEqualTo("carol");
            assertThat(remote.tags()).containsExactly("Hot");
            assertThat(remote.watchers()).isEqualTo(resolved.watchers());
            assertThat(remote.customFields()).isEqualTo(resolved.customFields());
            assertThat(remote.links()).isEqualTo(resolved.links());
            assertThat(remote.dueDate()).isEqualTo(LocalDate.parse("2026-03-01"));
            assertThat(remote.dueAt()).isNull();
            assertThat(remote.occurrences()).isEqualTo(4);
            assertThat(remote.externalId()).isEqualTo("ext-1");
            assertThat(remote.createdAt()).isEqualTo(resolved.createdAt());
            assertThat(remote.updatedAt()).isEqualTo(resolved.updatedAt());
            assertThat(remote.resolvedAt()).isEqualTo(resolved.resolvedAt());
            assertThat(remote.commentCount()).isEqualTo(1);
            assertThat(remote.conflicts()).isEmpty();
            assertThat(remote.isDeleted()).isFalse();

            RemoteTicket gone = read(Shown.json(deleted));
            assertThat(gone.isDeleted()).isTrue();
            assertThat(gone.deletedBy()).isEqualTo("alice");
            assertThat(gone.mergedInto()).isEqualTo(ticket.id());
            assertThat(gone).isEqualTo(read(Shown.json(deleted))).isNotEqualTo(remote);
        }
    }

    @Test
    void whatNewerServersSayIsKept() {
        String newer = Shown.ticket("Printer")
                .replace("\"priority\":\"normal\"", "\"priority\":\"critical\",\"mood\":\"grim\"")
                .replace("\"status\":\"new\"", "\"status\":\"triage\"");

        RemoteTicket ticket = read(newer);

        assertThat(ticket.priority().name()).isEqualTo("critical");
        assertThat(ticket.status()).isEqualTo(new Status("triage"));
        assertThat(ticket.json().member("mood")).hasToString("Optional[\"grim\"]");
    }

    @Test
    void aDraftIsSentAsItReads() {
        server.then(FakeServer.json(201, Shown.ticket("Printer")));
        Link link =
                new Link(LinkType.PARENT, io.ticketmesh.ticket.TicketId.parse("01a20443-4489-7a0d-9e2a-9ace3a17f061"));

        client.create(
                "Printer",
                draft -> draft.status(Status.OPEN)
                        .priority(Priority.HIGH)
                        .assignee(null)
                        .tags("a", "b")
                        .links(link)
                        .customField("floor", new FieldValue.Text("3"))
                        .customField("old", FieldValue.ABSENT)
                        .dueOn(LocalDate.parse("2026-01-31"))
                        .dueAt(Instant.parse("2026-01-31T10:00:00Z")));

        assertThat(server.last().body())
                .isEqualTo(
                        "{\"title\":\"Printer\",\"status\":\"open\",\"priority\":\"high\",\"assignee\":null,\"tags\":[\"a\",\"b\"],"
                                + "\"links\":[" + linkJson(server.last().body()) + "],"
                                + "\"customFields\":{\"floor\":\"3\",\"old\":null},\"dueAt\":\"2026-01-31T10:00:00.000Z\"}");
        assertThat(linkJson(server.last().body()))
                .contains("\"type\":\"parent\"")
                .contains(link.target().toString());
    }

    private static String linkJson(String body) {
        return body.substring(body.indexOf("\"links\":[") + 9, body.indexOf("],\"customFields\""));
    }

    @Test
    void listsAreAskedForInTheWordsOfTheContract() {
        server.then(
                FakeServer.json(200, "{\"items\":[],\"next\":\"abc\",\"total\":7,\"limit\":20,\"complete\":false}"));

        RemotePage<RemoteTicket> page = client.list(
                which -> which.status("open", "pending")
                        .assignee("@me")
                        .anyTag("ä b")
                        .createdAfter(Instant.parse("2026-01-01T00:00:00Z"))
                        .overdue(true)
                        .conflict()
                        .deletedToo()
                        .query("\"paper jam\" -x&y=1"),
                part -> part.sort("-priority", "createdAt")
                        .limit(20)
                        .cursor("c")
                        .count());

        assertThat(page.next()).isEqualTo("abc");
        assertThat(page.previous()).isNull();
        assertThat(page.total()).isEqualTo(7);
        assertThat(page.complete()).isFalse();
        assertThat(server.last().path()).isEqualTo("/tickets");
        assertThat(server.last().query())
                .isEqualTo(
                        "status=open%2Cpending&assignee=%40me&tagAny=%C3%A4%20b&createdAfter=2026-01-01T00%3A00%3A00.000Z"
                                + "&overdue=true&has=conflict&deleted=true&q=%22paper%20jam%22%20-x%26y%3D1"
                                + "&sort=-priority%2CcreatedAt&limit=20&cursor=c&count=true");
        assertThatThrownBy(() -> client.list(which -> which.tags("a,b"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "../x", "a\\b"})
    void whatServersWouldTakeForAnotherPathIsNotSent(String part) {
        assertThatThrownBy(() -> client.untag("TM-1", part)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.delete(part)).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.async().get(part)).isCompletedExceptionally();
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void partsOfPathsAreEncoded() {
        server.then(FakeServer.answer(204, "text/plain", ""));
        client.tag("TM-1", "größer als; 50%?");
        assertThat(server.last().path()).isEqualTo("/tickets/TM-1/tags/gr%C3%B6%C3%9Fer%20als%3B%2050%25%3F");
    }

    @Test
    void anAddressMayHaveAPathAndTheRootsMayBeElsewhere() {
        server.then(FakeServer.json(200, "{\"digest\":\"d\",\"version\":\"v\"}"));
        try (TicketMeshClient other =
                TicketMeshClient.open(builder -> builder.servers(java.net.URI.create(server.uri() + "/desk/"))
                        .ticketsPath("/api/tickets")
                        .systemPath("/api/mesh"))) {
            assertThat(other.digest().digest()).isEqualTo("d");
            assertThat(server.last().path()).isEqualTo("/desk/api/mesh/mesh/digest");
            assertThatThrownBy(() -> other.list()).isInstanceOf(UnreachableException.class);
            assertThat(server.last().path()).isEqualTo("/desk/api/tickets");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,malformed-json,InvalidRequestException",
        "401,unauthenticated,AccessRefusedException",
        "403,access-denied,AccessRefusedException",
        "404,unknown-ticket,NotFoundException",
        "405,method-not-allowed,RefusedException",
        "409,transition-refused,ConflictingStateException",
        "410,deleted,GoneException",
        "412,precondition-failed,ChangedMeanwhileException",
        "413,too-large,InvalidRequestException",
        "415,unsupported-media-type,InvalidRequestException",
        "422,invalid,InvalidRequestException",
        "428,precondition-required,RefusedException",
        "500,internal,RefusedException",
        "503,acks-not-reached,TooFewCopiesException"
    })
    void aProblemIsTypedAndNotTriedElsewhere(int status, String code, String type) {
        server.then(FakeServer.problem(status, code));

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> client.change("TM-1", draft -> draft.title("x")));

        assertThat(refused.getClass().getSimpleName()).isEqualTo(type);
        assertThat(refused.problem().status()).isEqualTo(status);
        assertThat(refused.problem().code()).isEqualTo(code);
        assertThat(refused.problem().detail()).isEqualTo("because");
        assertThat(server.heard()).hasSize(1);
        assertThat(client.statistics().quarantines()).isZero();
    }

    @Test
    void aProblemTellsAllErrorsWithTheirPlaces() {
        server.then(FakeServer.json(
                422,
                "{\"type\":\"urn:x\",\"title\":\"T\",\"status\":422,\"detail\":\"D\",\"code\":\"invalid\",\"errors\":["
                        + "{\"pointer\":\"/title\",\"code\":\"too-long\",\"detail\":\"is long\",\"limit\":255},"
                        + "{\"parameter\":\"sort\",\"code\":\"not-allowed\",\"detail\":\"is odd\"},"
                        + "{\"header\":\"If-Match\",\"code\":\"malformed\",\"detail\":\"is bad\"}]}"));

        InvalidRequestException refused = catchThrowableOfType(InvalidRequestException.class, () -> client.create("x"));

        assertThat(refused.problem().errors())
                .extracting(Problem.Fault::place)
                .containsExactly(Problem.Place.POINTER, Problem.Place.PARAMETER, Problem.Place.HEADER);
        assertThat(refused.problem().errors().get(0).limit()).hasToString("255");
        assertThat(refused).hasMessage("422 invalid: D (/title is long; sort is odd; If-Match is bad)");
    }

    @Test
    void aRefusalThatIsNoProblemIsToldAsItIs() {
        server.then(FakeServer.answer(403, "text/html", "<h1>No\n\nway</h1>"));

        assertThatThrownBy(() -> client.get("TM-1"))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessage("403: <h1>No way</h1>");
    }

    @Test
    void absenceIsNullOnlyWhenTheTicketIsAbsent() {
        server.then(FakeServer.problem(404, "unknown-ticket"));
        assertThat(client.find("TM-1")).isNull();
        assertThat(server.last().query()).isEqualTo("deleted=true");
        server.then(FakeServer.problem(410, "purged"));
        assertThat(client.find("TM-1")).isNull();
        assertThat(client.async().find("TM-1").join()).isNull();
        server.then(FakeServer.problem(404, "not-found"));
        assertThatThrownBy(() -> client.find("TM-1")).isInstanceOf(NotFoundException.class);
        server.then(FakeServer.problem(409, "ambiguous-reference"));
        assertThatThrownBy(() -> client.find("TM-1")).isInstanceOf(ConflictingStateException.class);
    }

    @Test
    void tooFewCopiesTellWhatIsKept() {
        server.then(FakeServer.json(
                503,
                "{\"status\":503,\"code\":\"acks-not-reached\",\"wanted\":\"all\",\"needed\":3,\"held\":2,\"members\":3,"
                        + "\"id\":\"01a20443-4489-7a0d-9e2a-9ace3a17f061\"}"));

        TooFewCopiesException few = catchThrowableOfType(
                TooFewCopiesException.class,
                () -> client.acknowledgedBy(Acknowledgement.ALL, Duration.ofSeconds(6))
                        .create("x"));

        assertThat(server.last().header("TicketMesh-Acks")).isEqualTo("all");
        assertThat(few.held()).isEqualTo(2);
        assertThat(few.needed()).isEqualTo(3);
        assertThat(few.ticket()).hasToString("01a20443-4489-7a0d-9e2a-9ace3a17f061");
        assertThat(server.heard()).as("what is kept is not repeated").hasSize(1);
        client.acknowledgedBy(Acknowledgement.LOCAL, Duration.ofSeconds(1))
                .async()
                .create("x")
                .exceptionally(f -> null)
                .join();
        assertThat(server.last().has("TicketMesh-Acks")).isFalse();
    }

    @Test
    void aBulkRequestSaysEachOperation() {
        server.then(
                FakeServer.json(
                        207,
                        "{\"failed\":1,\"items\":[{\"status\":201,\"id\":\"01a20443-4489-7a0d-9e2a-9ace3a17f061\",\"key\":\"TM-X\",\"etag\":\"e\","
                                + "\"location\":\"/x\"},{\"status\":404,\"problem\":{\"status\":404,\"code\":\"unknown-ticket\",\"title\":\"T\"}}]}"));

        RemoteBulk done = client.bulk(bulk -> bulk.create("New", draft -> draft.tags("a"))
                .changeIf("TM-1", "abc", draft -> draft.title("x"))
                .transition(
                        "TM-1",
                        Status.RESOLVED,
                        draft -> draft.resolution("fixed").comment("ok", CommentKind.INTERNAL))
                .comment("TM-1", "Done")
                .merge("TM-1", "TM-2")
                .delete("TM-1")
                .restore("TM-1")
                .purge("TM-1"));

        assertThat(done.failed()).isEqualTo(1);
        assertThat(done.items().get(0).etag()).isEqualTo("e");
        assertThat(done.items().get(1).problem().code()).isEqualTo("unknown-ticket");
        assertThat(server.last().body())
                .contains("\"op\":\"create\",\"body\":{\"title\":\"New\",\"tags\":[\"a\"]}")
                .contains("\"op\":\"update\"")
                .contains("\"ifMatch\":\"\\\"abc\\\"\"")
                .contains("\"op\":\"purge\",\"ref\":\"TM-1\"");
    }
}
