package io.ticketmesh.ticket.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.Workflow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {
    private static final Origin ALICE = new Origin(new NodeId(1, 0), 1);
    private static final TicketId PRINTER = TicketId.timeOrdered(1, 1, 1);
    private static final TicketId MOUSE = TicketId.timeOrdered(2, 2, 2);
    private static final CommentId COMMENT = CommentId.timeOrdered(1, 1, 1);
    private static final Workflow WORKFLOW = Workflow.standard();

    private long sequence;
    private Ticket ticket = after(Ticket.unborn(PRINTER), new CreateTicket("Printer jams"));

    private Ticket after(Ticket before, Change... changes) {
        OperationId id = new OperationId(ALICE, ++sequence);
        Stamp stamp = new Stamp(new Trace(HybridTimestamp.of(sequence, 0), id, "ada", sequence), before.seen());
        Ticket changed = before;
        for (Change change : changes) {
            changed = change.applyTo(changed, stamp);
        }
        return changed.touchedBy(stamp);
    }

    private void assertRefused(String code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        InvalidChangeException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private DynamicTest length(String field, int max, IntFunction<Change> make) {
        return dynamicTest(field + " has at most " + max + " characters", () -> {
            assertThat(make.apply(1)).isNotNull();
            assertThat(make.apply(max)).isNotNull();
            assertRefused("too-long", () -> Objects.requireNonNull(make.apply(max + 1)));
        });
    }

    @TestFactory
    List<DynamicTest> textsHaveLimits() {
        return List.of(
                length("the title of a new ticket", 255, n -> new CreateTicket("x".repeat(n))),
                length("title", 255, n -> new SetTitle("x".repeat(n))),
                length("description", 65_536, n -> new SetDescription("x".repeat(n))),
                length("queue", 64, n -> new SetQueue("x".repeat(n))),
                length("type", 32, n -> new SetType("x".repeat(n))),
                length("reporter", 128, n -> new SetReporter("x".repeat(n))),
                length("assignee", 128, n -> new SetAssignee("x".repeat(n))),
                length("watcher", 128, n -> new AddWatcher("x".repeat(n))),
                length("removed watcher", 128, n -> new RemoveWatcher("x".repeat(n))),
                length("tag", 64, n -> new AddTag("x".repeat(n))),
                length("removed tag", 64, n -> new RemoveTag("x".repeat(n))),
                length("external id", 255, n -> new SetExternalId("x".repeat(n))),
                length("comment", 65_536, n -> new AddComment(COMMENT, CommentKind.PUBLIC, "x".repeat(n))),
                length("edited comment", 65_536, n -> new EditComment(COMMENT, "x".repeat(n))),
                length("text field", 4_096, n -> new SetCustomField("a", new FieldValue.Text("x".repeat(n)))),
                length(
                        "text in a list",
                        255,
                        n -> new SetCustomField("a", new FieldValue.Texts(List.of("x".repeat(n))))));
    }

    @TestFactory
    List<DynamicTest> blankIsNoValue() {
        return List.<Runnable>of(
                        () -> new CreateTicket(" "),
                        () -> new SetTitle(" "),
                        () -> new SetQueue(""),
                        () -> new SetReporter(" "),
                        () -> new SetAssignee(" "),
                        () -> new AddTag(" "),
                        () -> new AddWatcher(""),
                        () -> new SetExternalId(" "),
                        () -> new AddComment(COMMENT, CommentKind.PUBLIC, "\n"),
                        () -> new EditComment(COMMENT, " "))
                .stream()
                .map(work -> dynamicTest("blank", () -> assertRefused("blank", work)))
                .toList();
    }

    private DynamicTest effect(String name, Change change, Change again) {
        return dynamicTest(name, () -> {
            assertThat(change.affects(ticket)).as("makes a difference").isTrue();
            Ticket changed = after(ticket, change);
            assertThat(again.affects(changed)).as("makes none the second time").isFalse();
            assertThat(changed.fingerprint()).isNotEqualTo(ticket.fingerprint());
            assertThat(changed.etag()).isNotEqualTo(ticket.etag());
            assertThat(changed).isNotEqualTo(ticket);
        });
    }

    @TestFactory
    List<DynamicTest> whatIsSoAlreadyMakesNoDifference() {
        return List.of(
                effect("title", new SetTitle("Printer burns"), new SetTitle(" Printer burns ")),
                effect("description", new SetDescription("Since Monday"), new SetDescription("Since Monday")),
                effect("type", new SetType("bug"), new SetType("bug")),
                effect("status", new SetStatus(Status.OPEN), new SetStatus(Status.OPEN)),
                effect("resolution", new SetStatus(Status.CLOSED, "invalid", null), new SetStatus(Status.CLOSED)),
                effect(
                        "waiting",
                        new SetStatus(Status.PENDING, null, Instant.EPOCH),
                        new SetStatus(Status.PENDING, null, Instant.EPOCH)),
                effect("priority", new SetPriority(Priority.HIGH), new SetPriority(Priority.HIGH)),
                effect("queue", new SetQueue("mail"), new SetQueue("mail")),
                effect("reporter", new SetReporter("ben"), new SetReporter("ben")),
                effect("assignee", new SetAssignee("ben"), new SetAssignee("ben")),
                effect("due", new SetDue(new Due.At(Instant.EPOCH)), new SetDue(new Due.At(Instant.EPOCH))),
                effect(
                        "custom field",
                        new SetCustomField("a", new FieldValue.Numeric(new BigDecimal("1.0"))),
                        new SetCustomField("a", new FieldValue.Numeric(BigDecimal.ONE))),
                effect("external id", new SetExternalId("X-1"), new SetExternalId("X-1")),
                effect("tag", new AddTag("Paper"), new AddTag("PAPER")),
                effect("watcher", new AddWatcher("ben"), new AddWatcher("ben")),
                effect("link", new AddLink(LinkType.BLOCKS, MOUSE), new AddLink(LinkType.BLOCKS, MOUSE)),
                effect("merge", new MergeInto(MOUSE), new MergeInto(MOUSE)),
                effect("deletion", new DeleteTicket(), new DeleteTicket()));
    }

    @Test
    void theDefaultsOfANewTicketAreSoAlready() {
        for (Change change : List.of(
                new SetDescription(""),
                new SetStatus(Status.NEW),
                new SetPriority(Priority.NORMAL),
                new SetQueue(SetQueue.DEFAULT),
                new SetReporter("ada"),
                new SetAssignee(null),
                new SetDue(Due.NEVER),
                new SetCustomField("a", FieldValue.ABSENT),
                new RemoveTag("paper"),
                new RemoveWatcher("ben"),
                new RemoveLink(LinkType.BLOCKS, MOUSE),
                new MergeInto(null),
                new RestoreTicket())) {
            assertThat(change.affects(ticket)).as("%s", change).isFalse();
        }
    }

    @Test
    void whatWasAddedCanBeTakenAway() {
        Ticket full = after(
                ticket,
                new AddTag("Paper"),
                new AddWatcher("ben"),
                new AddLink(LinkType.BLOCKS, MOUSE),
                new MergeInto(MOUSE),
                new DeleteTicket(),
                new SetAssignee("ben"),
                new SetCustomField("a", new FieldValue.Flag(true)));

        Ticket empty = after(
                full,
                new RemoveTag("PAPER"),
                new RemoveWatcher("ben"),
                new RemoveLink(LinkType.BLOCKS, MOUSE),
                new MergeInto(null),
                new RestoreTicket(),
                new SetAssignee(null),
                new SetCustomField("a", FieldValue.ABSENT));

        assertThat(empty.tags().size()).isZero();
        assertThat(empty.watchers().size()).isZero();
        assertThat(empty.links().size()).isZero();
        assertThat(empty.mergedInto().or(java.util.Optional.of(MOUSE))).isEmpty();
        assertThat(empty.isDeleted()).isFalse();
        assertThat(empty.assignee().or(java.util.Optional.of("ben"))).isEmpty();
        assertThat(empty.customFields().get("a").or(new FieldValue.Flag(true))).isEqualTo(FieldValue.ABSENT);
    }

    private DynamicTest fullness(String name, int max, IntFunction<Change> make) {
        return dynamicTest("a ticket has at most " + max + " " + name, () -> {
            Ticket filling = ticket;
            for (int i = 0; i < max; i++) {
                make.apply(i).check(filling, WORKFLOW);
                filling = after(filling, make.apply(i));
            }
            Ticket full = filling;
            assertRefused("too-many", () -> make.apply(max).check(full, WORKFLOW));
            if (!(make.apply(0) instanceof AddComment)) {
                make.apply(0).check(full, WORKFLOW); // is there already, so it needs no room
            }
        });
    }

    @TestFactory
    List<DynamicTest> ticketsAreNotEndless() {
        return List.of(
                fullness("tags", 50, i -> new AddTag("t" + i)),
                fullness("watchers", 200, i -> new AddWatcher("w" + i)),
                fullness("links", 200, i -> new AddLink(LinkType.BLOCKS, TicketId.timeOrdered(5, 5, i))),
                fullness("custom fields", 50, i -> new SetCustomField("f" + i, new FieldValue.Flag(true))));
    }

    @Test
    void aTicketHasAtMostFiveThousandComments() {
        Ticket filling = ticket;
        for (int i = 0; i < AddComment.MAX_COMMENTS; i += 500) {
            Change[] more = new Change[500];
            for (int j = 0; j < 500; j++) {
                more[j] = new AddComment(CommentId.timeOrdered(2, 0, i + j), CommentKind.PUBLIC, "x");
            }
            filling = after(filling, more);
        }
        Ticket full = filling;

        assertThat(full.comments().size()).isEqualTo(5_000);
        assertRefused("too-many", () -> new AddComment(COMMENT, CommentKind.PUBLIC, "x").check(full, WORKFLOW));
    }

    @Test
    void aFieldThatWasTakenAwayLeavesRoom() {
        Ticket full = ticket;
        for (int i = 0; i < SetCustomField.MAX_FIELDS; i++) {
            full = after(full, new SetCustomField("f" + i, new FieldValue.Flag(true)));
        }
        full = after(full, new SetCustomField("f0", FieldValue.ABSENT));

        new SetCustomField("g", new FieldValue.Flag(true)).check(full, WORKFLOW);
    }

    @Test
    void aTicketThatChangedItsStatusAThousandTimesStillTakesCommentsAndNoOps() {
        Ticket restless = after(ticket, new SetReporter("ada"));
        for (int i = 0; i < SetStatus.MAX_STEPS; i++) {
            restless = after(restless, new SetStatus(i % 2 == 0 ? Status.OPEN : Status.PENDING));
        }
        Ticket full = restless;

        assertRefused("too-many", () -> new SetStatus(Status.OPEN).check(full, WORKFLOW));
        new SetStatus(Status.PENDING).check(full, WORKFLOW);
        assertThat(new AddComment(COMMENT, CommentKind.PUBLIC, "Hello?").consequences(full, "ada", WORKFLOW))
                .isEmpty();
    }

    @Test
    void anEndedStatusTakesItsDefaultResolutionAndKeepsTheOneItHas() {
        assertThat(new SetStatus(Status.CLOSED).completed(ticket, WORKFLOW).resolution())
                .isEqualTo("fixed");
        assertThat(new SetStatus(Status.OPEN).completed(ticket, WORKFLOW).resolution())
                .isNull();
        Ticket invalid = after(ticket, new SetStatus(Status.RESOLVED, "invalid", null));
        assertThat(new SetStatus(Status.RESOLVED).completed(invalid, WORKFLOW).resolution())
                .isEqualTo("invalid");
        assertThat(new SetStatus(Status.CLOSED).completed(invalid, WORKFLOW).resolution())
                .isEqualTo("fixed");
    }

    @Test
    void statusResolutionAndWaitingMustFit() {
        assertRefused("unknown-value", () -> new SetStatus(new Status("on-hold")).check(ticket, WORKFLOW));
        assertRefused("not-done", () -> new SetStatus(Status.OPEN, "fixed", null).check(ticket, WORKFLOW));
        assertRefused("unknown-value", () -> new SetStatus(Status.CLOSED, "magic", null).check(ticket, WORKFLOW));
        assertRefused("not-waiting", () -> new SetStatus(Status.OPEN, null, Instant.EPOCH).check(ticket, WORKFLOW));
        Ticket closed = after(ticket, new SetStatus(Status.CLOSED));
        assertThatThrownBy(() -> new SetStatus(Status.PENDING).check(closed, WORKFLOW))
                .isInstanceOfSatisfying(TransitionRefusedException.class, refusal -> {
                    assertThat(refusal.from()).isEqualTo("closed");
                    assertThat(refusal.to()).isEqualTo("pending");
                    assertThat(refusal.allowed()).containsExactly("open");
                });
    }

    @Test
    void aNewTicketMayBeginInAnyInitialState() {
        Ticket fresh = Ticket.unborn(PRINTER);

        new SetStatus(Status.NEW).check(fresh, WORKFLOW);
        new SetStatus(Status.OPEN).check(fresh, WORKFLOW);
        new SetStatus(Status.OPEN).check(beingCreated(), WORKFLOW);
        assertThat(ticket.status().or(StatusValue.INITIAL).status()).isEqualTo(Status.NEW);
    }

    /** A ticket to which the operation that creates it has not been applied as a whole. */
    private Ticket beingCreated(Change... more) {
        OperationId id = new OperationId(ALICE, ++sequence);
        Stamp stamp = new Stamp(new Trace(HybridTimestamp.of(sequence, 0), id, "ada", sequence), VersionVector.EMPTY);
        Ticket created = new CreateTicket("Mouse is slow").applyTo(Ticket.unborn(MOUSE), stamp);
        for (Change change : more) {
            created = change.applyTo(created, stamp);
        }
        return created;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "resolved", "closed"})
    void aNewTicketMayBeginInNoOtherState(String name) {
        SetStatus later = new SetStatus(new Status(name));

        for (Ticket fresh : List.of(
                Ticket.unborn(MOUSE), beingCreated(), beingCreated(new SetStatus(Status.OPEN)), beingCreated(later))) {
            assertThatThrownBy(() -> later.check(fresh, WORKFLOW))
                    .isInstanceOfSatisfying(InvalidChangeException.class, refusal -> {
                        assertThat(refusal.field()).isEqualTo("status");
                        assertThat(refusal.code()).isEqualTo("not-initial");
                        assertThat(refusal)
                                .hasMessage("status is '" + name + "', but a ticket is created as one of [new, open]");
                    });
            later.checkRecorded(fresh, WORKFLOW);
        }
        later.check(ticket, WORKFLOW);
    }

    @Test
    void aTicketBeginsAsTheWorkflowSaysFirst() {
        Workflow chores = Workflow.builder()
                .state(new Status("todo"), StatusCategory.OPEN)
                .initial(new Status("todo"))
                .resolutions("done")
                .types("chore")
                .build();
        CreateTicket creation = new CreateTicket("Mouse is slow");

        assertThat(creation.consequences(Ticket.unborn(MOUSE), "ada", chores))
                .containsExactly(new SetStatus(new Status("todo")));
        assertThat(creation.consequences(Ticket.unborn(MOUSE), "ada", WORKFLOW)).isEmpty();
    }

    @Test
    void aCommentThatComesWithTheTicketReopensNothing() {
        AddComment comment = new AddComment(COMMENT, CommentKind.PUBLIC, "More of it");
        Ticket waiting = beingCreated(new SetStatus(Status.PENDING));

        assertThat(comment.consequences(waiting, "ada", WORKFLOW)).isEmpty();
    }

    @Test
    void aPublicCommentOfTheReporterReopensWhatWaitsOrIsResolvedButNotWhatIsClosed() {
        AddComment comment = new AddComment(COMMENT, CommentKind.PUBLIC, "Hello?");
        Ticket resolved = after(ticket, new SetStatus(Status.RESOLVED));
        Ticket pending = after(ticket, new SetStatus(Status.PENDING));
        Ticket closed = after(ticket, new SetStatus(Status.CLOSED));

        assertThat(comment.consequences(resolved, "ada", WORKFLOW)).containsExactly(new SetStatus(Status.OPEN));
        assertThat(comment.consequences(pending, "ada", WORKFLOW)).containsExactly(new SetStatus(Status.OPEN));
        assertThat(comment.consequences(closed, "ada", WORKFLOW)).isEmpty();
        assertThat(comment.consequences(ticket, "ada", WORKFLOW)).isEmpty();
        assertThat(comment.consequences(resolved, "ben", WORKFLOW)).isEmpty();
        assertThat(new AddComment(COMMENT, CommentKind.INTERNAL, "Hm").consequences(resolved, "ada", WORKFLOW))
                .isEmpty();
    }

    @Test
    void aTicketDoesNotReferToItself() {
        assertRefused("self", () -> new MergeInto(PRINTER).check(ticket, WORKFLOW));
        assertRefused("self", () -> new AddLink(LinkType.PARENT, PRINTER).check(ticket, WORKFLOW));
        assertThat(new MergeInto(MOUSE).references()).containsExactly(MOUSE);
        assertThat(new MergeInto(null).references()).isEmpty();
        assertThat(new AddLink(LinkType.PARENT, MOUSE).references()).containsExactly(MOUSE);
    }

    @Test
    void aTicketOrCommentIsCreatedOnce() {
        assertRefused("exists", () -> new CreateTicket("Again").check(ticket, WORKFLOW));
        Ticket commented = after(ticket, new AddComment(COMMENT, CommentKind.PUBLIC, "x"));
        assertRefused("exists", () -> new AddComment(COMMENT, CommentKind.PUBLIC, "y").check(commented, WORKFLOW));
    }

    @Test
    void valuesThatTheModelDoesNotKnowAreRefused() {
        assertRefused("unknown-value", () -> new SetType("epic").check(ticket, WORKFLOW));
        assertRefused("unknown-value", () -> new SetPriority(new Priority(99, "apocalyptic")).check(ticket, WORKFLOW));
        assertRefused("unknown-value", () -> new SetPriority(new Priority(99, "high")).check(ticket, WORKFLOW));
        assertRefused("unknown-kind", () -> new UnknownChange(99, Bytes.EMPTY).check(ticket, WORKFLOW));
        assertThat(new UnknownChange(99, Bytes.EMPTY).applyTo(ticket, stampOfNobody()))
                .isSameAs(ticket);
    }

    private static Stamp stampOfNobody() {
        OperationId id = new OperationId(ALICE, 99);
        return new Stamp(new Trace(HybridTimestamp.ZERO, id, "nobody", 0), io.ticketmesh.causality.VersionVector.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_000_001})
    void occurrencesAreCountedInMeasure(long count) {
        assertRefused("out-of-range", () -> new RecordOccurrences(count));
        assertThat(new RecordOccurrences(1_000_000_000).count()).isEqualTo(1_000_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "_a", "a-b", "a b", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddx"})
    void theKeyOfAFieldIsASmallWord(String key) {
        assertRefused("bad-key", () -> new SetCustomField(key, FieldValue.ABSENT));
        assertThat(new SetCustomField("aaaaaaaaaabbbbbbbbbbcccccccccc_ddddddddd", FieldValue.ABSENT).key())
                .hasSize(40);
    }

    @Test
    void valuesOfFieldsHaveLimits() {
        assertRefused("too-many", () -> new SetCustomField("a", new FieldValue.Texts(Collections.nCopies(51, "x"))));
        assertThat(new SetCustomField("a", new FieldValue.Texts(Collections.nCopies(50, "x"))))
                .isNotNull();
        assertRefused("too-long", () -> new SetCustomField("a", new FieldValue.Numeric(new BigDecimal("1E+101"))));
        assertRefused(
                "too-long", () -> new SetCustomField("a", new FieldValue.Numeric(new BigDecimal("9".repeat(101)))));
        assertThat(new SetCustomField("a", new FieldValue.Numeric(new BigDecimal("9".repeat(100)))))
                .isNotNull();
        assertRefused("out-of-range", () -> new SetCustomField("a", new FieldValue.Day(LocalDate.of(10_000, 1, 1))));
        assertRefused("out-of-range", () -> new SetCustomField("a", new FieldValue.Moment(Instant.MAX)));
    }

    @Test
    void timesAreCutToMillisecondsAndHaveFourDigitYears() {
        SetDue due = new SetDue(new Due.At(Instant.parse("2026-01-01T00:00:00.123456789Z")));

        assertThat(due.due()).isEqualTo(new Due.At(Instant.parse("2026-01-01T00:00:00.123Z")));
        assertRefused("out-of-range", () -> new SetDue(new Due.At(Instant.parse("0000-12-31T23:59:59Z"))));
        assertRefused("out-of-range", () -> new SetDue(new Due.On(LocalDate.of(0, 12, 31))));
        assertRefused("out-of-range", () -> new SetStatus(Status.PENDING, null, Instant.MIN));
        assertThat(new SetDue(new Due.On(LocalDate.of(9999, 12, 31)))).isNotNull();
    }
}
