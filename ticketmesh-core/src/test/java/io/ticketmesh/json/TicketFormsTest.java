package io.ticketmesh.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketFormsTest {
    private static final CommentId COMMENT = new CommentId(7, 7);
    private static final Instant SOON = Instant.parse("2026-02-01T08:00:00Z");

    private final Workflow workflow = Workflow.standard();
    private final TicketMesh mesh = TicketMesh.builder().open();
    private final Tickets alice = mesh.tickets("alice");
    private final NewTicketForm creation = new NewTicketForm(workflow, mesh.service()::resolve);
    private final TicketPatchForm patch = new TicketPatchForm(workflow, mesh.service()::resolve);

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void aFullBodyBecomesTheChangesOfANewTicket() {
        TicketView other = alice.create("Other");

        List<Change> changes = creation.changes(json("""
                {"title":" Printer ","type":"bug","description":"d","status":"open","priority":"high","queue":"it",
                 "reporter":"carol","assignee":"bob","tags":["a"],"watchers":["dave"],"dueAt":"2026-02-01T09:00:00+01:00",
                 "customFields":{"floor":3,"seen":{"instant":"2026-02-01T08:00:00Z"},"gone":null},
                 "links":[{"type":"blocks","target":"%s"}],"externalId":"E"}""".formatted(other.key())));

        assertThat(changes)
                .containsExactly(
                        new CreateTicket("Printer"),
                        new SetType("bug"),
                        new SetDescription("d"),
                        new SetStatus(Status.OPEN),
                        new SetPriority(Priority.HIGH),
                        new SetQueue("it"),
                        new SetReporter("carol"),
                        new SetAssignee("bob"),
                        new AddTag("a"),
                        new AddWatcher("dave"),
                        new SetCustomField("floor", new FieldValue.Numeric(new BigDecimal(3))),
                        new SetCustomField("seen", new FieldValue.Moment(SOON)),
                        new AddLink(LinkType.BLOCKS, other.id()),
                        new SetDue(new Due.At(SOON)),
                        new SetExternalId("E"));
    }

    @Test
    void nullsInANewTicketSayNothing() {
        assertThat(creation.changes(json("""
                {"title":"t","type":null,"description":null,"status":null,"resolution":null,"pendingUntil":null,"priority":null,
                 "queue":null,"reporter":null,"assignee":null,"tags":null,"watchers":null,"customFields":null,"links":null,
                 "dueAt":null,"dueDate":null,"externalId":null}"""))).containsExactly(new CreateTicket("t"));
    }

    @Test
    void everythingWrongIsSaidAtOnceAndWhere() {
        assertThat(violations(() -> creation.changes(json("""
                {"type":"boog","title":" ","status":"lost","priority":1,"queue":"Über","tags":["ok","",7,"%s"],
                 "watchers":["x","\\u0007"],"customFields":{"Bad-Key":1,"n":{"instant":"soon"},"o":{"x":1}},
                 "links":[{"type":"hates","target":"TM-00000000"},{"type":"blocks"}],
                 "dueAt":"2026-02-01T08:00:00Z","dueDate":"2026-02-01","etag":"x","nonsense":1}""".formatted("y".repeat(65))))))
                .extracting(violation -> violation.pointer() + " " + violation.code() + " " + violation.limit())
                .containsExactlyInAnyOrder(
                        "/title blank null",
                        "/type not-allowed " + workflow.types(),
                        "/status not-allowed "
                                + workflow.states().stream().map(Status::name).toList(),
                        "/priority wrong-type null",
                        "/queue not-a-slug null",
                        "/tags/2 wrong-type null",
                        "/watchers/1 control-character null",
                        "/customFields/Bad-Key bad-key null",
                        "/customFields/n/instant invalid null",
                        "/customFields/o wrong-type null",
                        "/links/0/type not-allowed [relates_to, blocks, duplicates, parent]",
                        "/links/0/target unknown-ticket null",
                        "/links/1/target required null",
                        "/dueDate exclusive null",
                        "/etag read-only null",
                        "/nonsense unknown-field null");
        assertThat(violations(
                        () -> creation.changes(json("{\"title\":\"t\",\"tags\":[\"ok\",\"" + "y".repeat(65) + "\"]}"))))
                .containsExactly(new Violation("/tags/1", "too-long", "has 65 characters, at most 64", 64L));
        assertThat(violations(() -> creation.changes(json("[]")))).hasSize(1);
        assertThat(violations(() -> creation.changes(json("{}"))))
                .extracting(Violation::pointer)
                .containsExactly("/title");
    }

    @Test
    void aPatchChangesWhatItNamesOnly() {
        TicketView ticket = alice.create(
                "Printer", edit -> edit.tag("Old").tag("kept").watcher("bob").assignee("bob"));

        TicketView patched = apply(ticket, """
                {"title":"Printer on fire","tags":["KEPT","new"],"watchers":["carol"],"customFields":{"a":"x"}}""");

        assertThat(patched.title()).isEqualTo("Printer on fire");
        assertThat(patched.tags()).containsExactly("kept", "new");
        assertThat(patched.watchers()).containsExactly("carol");
        assertThat(patched.assignee()).isEqualTo("bob");
        assertThat(patched.customFields()).containsOnlyKeys("a");
    }

    @Test
    void nullTakesFieldsBackToTheirDefaults() {
        TicketView other = alice.create("Other");
        TicketView ticket = alice.create(
                "Printer",
                edit -> edit.description("d")
                        .type("bug")
                        .priority(Priority.URGENT)
                        .queue("it")
                        .reporter("carol")
                        .assignee("bob")
                        .tag("a")
                        .link(LinkType.BLOCKS, other.id())
                        .customField("a", new FieldValue.Text("x"))
                        .customField("b", new FieldValue.Text("y"))
                        .dueAt(SOON));

        TicketView patched = apply(ticket, """
                {"description":null,"type":null,"priority":null,"queue":null,"reporter":null,"assignee":null,"tags":null,
                 "watchers":null,"links":null,"dueAt":null,"customFields":{"a":null}}""");

        assertThat(patched.description()).isEmpty();
        assertThat(patched.type()).isEqualTo("incident");
        assertThat(patched.priority()).isEqualTo(Priority.NORMAL);
        assertThat(patched.queue()).isEqualTo("default");
        assertThat(patched.reporter()).isEqualTo("alice");
        assertThat(patched.assignee()).isNull();
        assertThat(patched.tags()).isEmpty();
        assertThat(patched.watchers()).isEmpty();
        assertThat(patched.links()).isEmpty();
        assertThat(patched.dueAt()).isNull();
        assertThat(patched.customFields()).containsOnlyKeys("b");
        assertThat(apply(patched, "{\"customFields\":null}").customFields()).isEmpty();
    }

    @Test
    void whatHasNoDefaultCannotBeNull() {
        TicketView ticket = alice.create("Printer");

        assertThat(violations(
                        () -> patch.changes(json("{\"title\":null,\"status\":null,\"externalId\":null}"), ticket)))
                .extracting(violation -> violation.pointer() + " " + violation.code())
                .containsExactly("/title not-null", "/status not-null", "/externalId not-null");
    }

    @Test
    void theOtherFormOfADueTimeIsReplacedNotMixed() {
        TicketView ticket = alice.create("Printer", edit -> edit.dueAt(SOON));

        TicketView byDate = apply(ticket, "{\"dueDate\":\"2026-02-03\",\"dueAt\":null}");
        assertThat(byDate.due()).isEqualTo(new Due.On(LocalDate.of(2026, 2, 3)));
        assertThat(apply(byDate, "{\"dueAt\":null}").due()).isEqualTo(byDate.due());
        assertThat(apply(byDate, "{\"dueDate\":null}").due()).isEqualTo(Due.NEVER);
    }

    @Test
    void statusResolutionAndWaitingTimeAreOneChange() {
        TicketView ticket = alice.create("Printer");

        TicketView pending = apply(ticket, "{\"status\":\"pending\",\"pendingUntil\":\"2026-02-01T08:00:00Z\"}");
        assertThat(pending.pendingUntil()).isEqualTo(SOON);
        assertThat(apply(pending, "{\"status\":\"pending\"}").etag()).isEqualTo(pending.etag());
        TicketView openEnded = apply(pending, "{\"pendingUntil\":null}");
        assertThat(openEnded.status()).isEqualTo(Status.PENDING);
        assertThat(openEnded.pendingUntil()).isNull();
        assertThat(openEnded.reopenCount()).isZero();
        TicketView done = apply(openEnded, "{\"status\":\"resolved\",\"resolution\":\"invalid\"}");
        assertThat(done.resolution()).isEqualTo("invalid");
        assertThat(apply(done, "{\"resolution\":\"duplicate\"}").resolution()).isEqualTo("duplicate");
        assertThat(apply(done, "{\"resolution\":null}").resolution()).isEqualTo("fixed");
    }

    @Test
    void whatIsShownCanBeSentBackAndChangesNothing() {
        TicketView other = alice.create("Other");
        TicketView ticket = alice.create(
                "Printer",
                edit -> edit.tag("a")
                        .link(LinkType.PARENT, other.id())
                        .status(Status.OPEN)
                        .customField("n", new FieldValue.Numeric(new BigDecimal("1E+2")))
                        .dueOn(LocalDate.of(2026, 2, 3)));
        ticket = alice.change(ticket.key().toString(), edit -> edit.pendingUntil(SOON));
        TicketView shown = ticket;
        List<String> writable = TicketJson.NAMES.stream()
                .filter(name -> !TicketJson.READ_ONLY.contains(name) && !name.equals("externalId"))
                .toList();
        String body = JsonWriter.text(json -> TicketJson.at(SOON).only(writable).write(json, shown));

        assertThat(apply(shown, body).etag()).isEqualTo(shown.etag());
    }

    @Test
    void aTransitionCanCarryAComment() {
        assertThat(TransitionForm.changes(
                        json("{\"to\":\"resolved\",\"resolution\":\"fixed\",\"comment\":\"done\"}"), workflow, COMMENT))
                .containsExactly(
                        new AddComment(COMMENT, CommentKind.PUBLIC, "done"),
                        new SetStatus(Status.RESOLVED, "fixed", null));
        assertThat(TransitionForm.changes(
                        json("{\"to\":\"open\",\"comment\":{\"body\":\"psst\",\"kind\":\"internal\"}}"),
                        workflow,
                        COMMENT))
                .containsExactly(new AddComment(COMMENT, CommentKind.INTERNAL, "psst"), new SetStatus(Status.OPEN));
        assertThat(violations(() -> TransitionForm.changes(
                        json("{\"resolution\":\"x\",\"comment\":\" \",\"into\":1}"), workflow, COMMENT)))
                .extracting(Violation::pointer)
                .containsExactly("/to", "/resolution", "/comment", "/into");
    }

    @Test
    void aCommentIsPublicUnlessItSaysOtherwise() {
        assertThat(CommentForm.addition(json("{\"body\":\"hello\"}"), COMMENT))
                .containsExactly(new AddComment(COMMENT, CommentKind.PUBLIC, "hello"));
        assertThat(CommentForm.edit(json("{\"body\":\"hello\"}"), COMMENT))
                .containsExactly(new EditComment(COMMENT, "hello"));
        assertThat(violations(() -> CommentForm.addition(json("{\"body\":\"\",\"kind\":\"system\"}"), COMMENT)))
                .extracting(Violation::pointer)
                .containsExactly("/kind", "/body");
        assertThat(violations(() -> CommentForm.edit(json("{\"body\":\"x\",\"kind\":\"public\"}"), COMMENT)))
                .extracting(Violation::code)
                .containsExactly("unknown-field");
    }

    @Test
    void aMergeNamesTheTicketThatStays() {
        TicketView other = alice.create("Other");

        assertThat(MergeForm.changes(json("{\"into\":\"" + other.key() + "\"}"), mesh.service()::resolve))
                .containsExactly(new MergeInto(other.id()));
        assertThat(MergeForm.changes(json("{\"into\":null}"), mesh.service()::resolve))
                .containsExactly(new MergeInto(null));
        assertThat(violations(() -> MergeForm.changes(json("{}"), mesh.service()::resolve)))
                .hasSize(1);
        assertThat(violations(() -> MergeForm.changes(json("{\"into\":\"nobody\"}"), mesh.service()::resolve)))
                .extracting(Violation::code)
                .containsExactly("unknown-ticket");
    }

    @Test
    void aSettlementWritesTheFieldThatItSettles() {
        SettlementForm form = new SettlementForm(workflow);

        assertThat(form.changes(json("{\"value\":\"t\"}"), "title")).containsExactly(new SetTitle("t"));
        assertThat(form.changes(json("{\"value\":\"\"}"), "description")).containsExactly(new SetDescription(""));
        assertThat(form.changes(json("{\"value\":null}"), "assignee")).containsExactly(new SetAssignee(null));
        assertThat(form.changes(json("{\"value\":\"low\"}"), "priority"))
                .containsExactly(new SetPriority(Priority.LOW));
        assertThat(form.changes(json("{\"value\":\"closed\"}"), "status"))
                .containsExactly(new SetStatus(Status.CLOSED));
        assertThat(form.changes(
                        json("{\"value\":{\"status\":\"closed\",\"resolution\":\"fixed\",\"pendingUntil\":null}}"),
                        "status"))
                .containsExactly(new SetStatus(Status.CLOSED, "fixed", null));
        assertThat(violations(() -> form.changes(json("{\"value\":3}"), "title")))
                .hasSize(1);
        assertThat(violations(() -> form.changes(json("{}"), "assignee"))).hasSize(1);
        assertThat(violations(() -> form.changes(json("{\"value\":3}"), "status")))
                .hasSize(1);
        assertThatThrownBy(() -> form.changes(json("{\"value\":3}"), "queue"))
                .isInstanceOf(UnknownTicketException.class);
    }

    @Test
    void aRefusalPointsToItsField() {
        assertThat(Violation.of(new InvalidChangeException("customFields.a", "too-long", "is long", 3L)))
                .isEqualTo(new Violation("/customFields/a", "too-long", "is long", 3L));
    }

    private TicketView apply(TicketView ticket, String body) {
        List<Change> changes = patch.changes(json(body), mesh.service().get(ticket.id()));
        return alice.change(ticket.id().toString(), edit -> changes.forEach(edit::with));
    }

    private static List<Violation> violations(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(InvalidJsonException.class, call).violations();
    }

    private static JsonValue json(String text) {
        return Json.parse(text.getBytes(UTF_8), JsonLimits.DEFAULT);
    }
}
