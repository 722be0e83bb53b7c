package io.ticketmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.PurgeTicket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private final Clock clock = new Clock();
    private final TicketMesh mesh = TicketMesh.builder().clock(clock).open();
    private final Tickets alice = mesh.tickets("alice");
    private final Tickets bob = mesh.tickets("bob");

    @AfterEach
    void close() {
        mesh.close();
    }

    private String create() {
        return alice.create("Printer on fire").id().toString();
    }

    @Test
    void aNewTicketHasItsDefaults() {
        TicketView ticket = alice.create("  Printer on fire ");

        assertThat(ticket.title()).isEqualTo("Printer on fire");
        assertThat(ticket.status()).isEqualTo(Status.NEW);
        assertThat(ticket.type()).isEqualTo("incident");
        assertThat(ticket.priority()).isEqualTo(Priority.NORMAL);
        assertThat(ticket.queue()).isEqualTo("default");
        assertThat(ticket.createdBy()).isEqualTo("alice");
        assertThat(ticket.reporter()).isEqualTo("alice");
        assertThat(ticket.watchers()).containsExactly("alice");
        assertThat(ticket.assignee()).isNull();
        assertThat(ticket.createdAt()).isEqualTo(Instant.ofEpochMilli(clock.millis()));
        assertThat(ticket.due()).isEqualTo(Due.NEVER);
    }

    @Test
    void aTicketIsCreatedInAnInitialStateOnly() {
        for (Status status : List.of(Status.PENDING, Status.RESOLVED, Status.CLOSED)) {
            assertThatThrownBy(() -> alice.create("Printer on fire", edit -> edit.status(status)))
                    .isInstanceOf(InvalidChangeException.class)
                    .hasMessage("status is '" + status + "', but a ticket is created as one of [new, open]");
        }
        assertThatThrownBy(() -> alice.create(
                        "Printer on fire", edit -> edit.status(Status.OPEN).status(Status.CLOSED)))
                .isInstanceOf(InvalidChangeException.class);

        assertThat(mesh.tickets("alice").counts().living()).isZero();
        String late = create();
        assertThat(alice.change(late, edit -> edit.status(Status.RESOLVED)).status())
                .isEqualTo(Status.RESOLVED);
    }

    @Test
    void commentsOfOneMomentStayInTheOrderInWhichTheyWereWritten() {
        List<String> bodies =
                IntStream.range(0, 40).mapToObj(number -> "Comment " + number).toList();
        String ticket = create();
        alice.change(ticket, edit -> bodies.subList(0, 20).forEach(edit::comment));
        bodies.subList(20, 40).forEach(body -> alice.comment(ticket, body));

        assertThat(alice.comments(ticket)).extracting(CommentView::body).isEqualTo(bodies);
    }

    @Test
    void aTicketBeginsInTheFirstInitialStateOfItsWorkflow() {
        Status todo = new Status("todo");
        Status blocked = new Status("blocked");
        Workflow chores = Workflow.builder()
                .state(todo, StatusCategory.OPEN)
                .state(blocked, StatusCategory.WAITING)
                .initial(todo, blocked)
                .transition(blocked, todo)
                .resolutions("done")
                .types("chore")
                .build();
        try (TicketMesh desk =
                TicketMesh.builder().clock(clock).workflow(chores).open()) {
            TicketView plain = desk.tickets("alice").create("Sweep");
            TicketView waiting = desk.tickets("alice")
                    .create("Paint", edit -> edit.status(blocked).comment("The paint is still wet"));

            assertThat(plain.status()).isEqualTo(todo);
            assertThat(waiting.status()).isEqualTo(blocked);
            assertThat(waiting.trail())
                    .extracting(step -> step.value().status())
                    .containsExactly(blocked);
            assertThat(desk.tickets("alice")
                            .change(waiting.id().toString(), edit -> edit.comment("Dry"))
                            .status())
                    .isEqualTo(todo);
        }
    }

    @Test
    void aTicketIsCreatedWithAllItsDetailsAtOnce() {
        TicketView other = alice.create("Smoke");
        TicketView ticket = alice.create(
                "Printer on fire",
                edit -> edit.description("It **burns**")
                        .type("bug")
                        .status(Status.OPEN)
                        .priority(Priority.URGENT)
                        .queue("hardware")
                        .reporter("carol")
                        .assignee("bob")
                        .tag("Fire")
                        .watcher("dave")
                        .customField("floor", new FieldValue.Text("3"))
                        .link(LinkType.RELATES_TO, other.id())
                        .dueOn(LocalDate.of(2026, 1, 31))
                        .externalId("ZD-17")
                        .occurrences(2)
                        .comment("Help")
                        .comment("Call the fire brigade", CommentKind.INTERNAL));

        TicketView read = bob.get(ticket.id().toString());
        assertThat(read.etag()).isEqualTo(ticket.etag());
        assertThat(read.description()).isEqualTo("It **burns**");
        assertThat(read.status()).isEqualTo(Status.OPEN);
        assertThat(read.watchers()).containsExactly("carol", "dave");
        assertThat(read.tags()).containsExactly("Fire");
        assertThat(read.customFields()).containsEntry("floor", new FieldValue.Text("3"));
        assertThat(read.links()).containsExactly(new Link(LinkType.RELATES_TO, other.id()));
        assertThat(read.dueDate()).isEqualTo("2026-01-31");
        assertThat(read.externalId()).isEqualTo("ZD-17");
        assertThat(read.occurrences()).isEqualTo(2);
        assertThat(read.commentCount(false)).isEqualTo(1);
        assertThat(bob.comments(ticket.key().toString()))
                .extracting(CommentView::body)
                .containsExactly("Help", "Call the fire brigade");
    }

    @Test
    void aRefusedDetailCreatesNothing() {
        assertThatThrownBy(
                        () -> alice.create("Printer", edit -> edit.tag("fire").type("unheard-of")))
                .isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> alice.create("Printer", edit -> edit.queue("No Slug")))
                .isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> alice.create(" ")).isInstanceOf(InvalidChangeException.class);
        assertThat(alice.counts().living()).isZero();
    }

    @Test
    void whatIsNotThereIsNullForFindAndAnExceptionForGet() {
        assertThat(alice.find("TM-ZZZZZZZZ")).isNull();
        assertThat(alice.find("nonsense of some length that is no id")).isNull();
        assertThat(alice.find("")).isNull();
        assertThatThrownBy(() -> alice.get("00000000-0000-7000-8000-000000000000"))
                .isInstanceOf(UnknownTicketException.class);
        assertThatThrownBy(() -> alice.change("TM-ZZZZZZZZ", edit -> edit.title("x")))
                .isInstanceOf(UnknownTicketException.class);
    }

    @Test
    void aChangeIsAllOrNothing() {
        String id = create();
        TicketView before = alice.get(id);

        assertThatThrownBy(() -> bob.change(
                        id, edit -> edit.title("Out").status(Status.CLOSED).status(Status.PENDING)))
                .isInstanceOf(TransitionRefusedException.class);
        assertThat(alice.get(id).etag()).isEqualTo(before.etag());

        TicketView after = bob.change(id, edit -> edit.title("Out").priority(Priority.HIGH));
        assertThat(after.title()).isEqualTo("Out");
        assertThat(after.priority()).isEqualTo(Priority.HIGH);
        assertThat(alice.history(id)).hasSize(2);
    }

    @Test
    void whatIsSoAlreadyIsNotWrittenAgain() {
        String id = create();
        TicketView before = alice.get(id);

        TicketView after = bob.change(
                id, edit -> edit.title("Printer on fire").untag("none").status(Status.NEW));

        assertThat(after.etag()).isEqualTo(before.etag());
        assertThat(bob.change(id, edit -> {}).etag()).isEqualTo(before.etag());
        assertThat(alice.history(id)).hasSize(1);
        assertThat(mesh.version()
                        .get(mesh.version().entries().keySet().iterator().next()))
                .isEqualTo(1);
    }

    @Test
    void aGuardedChangeMeetsTheStateThatItWasMadeFor() {
        String id = create();
        String seen = alice.get(id).etag();
        TicketView changed = bob.changeIf(id, seen, edit -> edit.title("Out"));

        PreconditionFailedException refused = catchThrowableOfType(
                PreconditionFailedException.class, () -> alice.changeIf(id, seen, edit -> edit.title("Burning")));

        assertThat(refused.etag()).isEqualTo(changed.etag());
        assertThat(alice.get(id).title()).isEqualTo("Out");
    }

    @Test
    void theWorkflowLeadsThroughStatesAndSaysWhatIsAllowed() {
        String id = create();
        TicketView resolved = bob.transition(id, Status.RESOLVED);
        assertThat(resolved.resolution()).isEqualTo("fixed");
        assertThat(resolved.resolvedAt()).isNotNull();
        assertThat(bob.transitions(id)).containsExactly(Status.OPEN, Status.CLOSED);

        TransitionRefusedException refused =
                catchThrowableOfType(TransitionRefusedException.class, () -> bob.transition(id, Status.PENDING));
        assertThat(refused.allowed()).containsExactly("open", "closed");

        TicketView reopened = bob.transition(id, Status.OPEN);
        assertThat(reopened.resolution()).isNull();
        assertThat(reopened.reopenCount()).isEqualTo(1);
        assertThat(bob.transition(id, Status.CLOSED, "wont_fix").resolution()).isEqualTo("wont_fix");
        assertThatThrownBy(() -> bob.transition(id, Status.OPEN, "fixed")).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void aTicketWaitsUntilATime() {
        String id = create();
        Instant until = Instant.parse("2026-02-01T08:00:00Z");

        assertThat(bob.change(id, edit -> edit.pendingUntil(until)).pendingUntil())
                .isEqualTo(until);
        assertThat(bob.transition(id, Status.OPEN).pendingUntil()).isNull();
    }

    @Test
    void commentsOfEachKindAreKeptAndEdited() {
        String id = create();
        CommentView question = bob.comment(id, "Which one?");
        clock.pass(Duration.ofMinutes(1));
        bob.comment(id, "He never says", CommentKind.INTERNAL);
        clock.pass(Duration.ofMinutes(1));
        CommentView edited = bob.editComment(id, question.id(), "Which one, please?");

        assertThat(edited.edit()).isNotNull();
        assertThat(edited.author()).isEqualTo("bob");
        assertThat(alice.comments(id))
                .extracting(CommentView::body)
                .containsExactly("Which one, please?", "He never says");
        assertThat(alice.get(id).firstResponseAt()).isEqualTo(question.createdAt());
        assertThatThrownBy(() -> bob.editComment(id, new CommentId(1, 2), "x"))
                .isInstanceOf(UnknownTicketException.class);
        assertThatThrownBy(() -> bob.comment(id, " ")).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void aRedactedTextIsNowhere() {
        String id = create();
        CommentView leak = bob.comment(id, "the password is xyzzy");
        bob.editComment(id, leak.id(), "the password is xyzzy, still");

        CommentView redacted = alice.redactComment(id, leak.id());

        assertThat(redacted.body()).isEmpty();
        assertThat(redacted.redaction()).isNotNull();
        assertThat(alice.comments(id).toString()).doesNotContain("xyzzy");
        assertThat(alice.history(id).toString()).doesNotContain("xyzzy").contains("comments");
        assertThat(alice.query(Lists.filtered(mesh, criteria -> criteria.query("xyzzy")))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> bob.editComment(id, leak.id(), "again")).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void theReportersCommentReopensAResolvedTicket() {
        String id = create();
        bob.transition(id, Status.RESOLVED);
        bob.comment(id, "Works here");
        assertThat(alice.get(id).status()).isEqualTo(Status.RESOLVED);
        alice.comment(id, "Not for me, I note", CommentKind.INTERNAL);
        assertThat(alice.get(id).status()).isEqualTo(Status.RESOLVED);

        alice.comment(id, "It burns again");

        assertThat(alice.get(id).status()).isEqualTo(Status.OPEN);
        assertThat(alice.get(id).reopenCount()).isEqualTo(1);
    }

    @Test
    void tagsAreEqualRegardlessOfCase() {
        String id = create();

        assertThat(bob.tag(id, "Fire").tags()).containsExactly("Fire");
        assertThat(bob.tag(id, "FIRE").tags()).hasSize(1);
        assertThat(bob.untag(id, "fire").tags()).isEmpty();
    }

    @Test
    void linksShowAtBothEnds() {
        String blocked = create();
        TicketView blocker = alice.create("No power");

        alice.link(blocker.key().toString(), LinkType.BLOCKS, blocked);

        assertThat(alice.linkingTo(blocked, 10)).extracting(TicketView::id).containsExactly(blocker.id());
        alice.unlink(blocker.key().toString(), LinkType.BLOCKS, blocked);
        assertThat(alice.linkingTo(blocked, 10)).isEmpty();
        assertThatThrownBy(() -> alice.link(blocked, LinkType.BLOCKS, "TM-ZZZZZZZZ"))
                .isInstanceOf(UnknownTicketException.class);
    }

    @Test
    void aMergeIsMadeAndTakenBack() {
        String duplicate = create();
        TicketView original = alice.create("The printer burns");

        assertThat(alice.merge(duplicate, original.key().toString()).mergedInto())
                .isEqualTo(original.id());
        assertThat(alice.mergedInto(original.key().toString(), 10))
                .extracting(TicketView::title)
                .containsExactly("Printer on fire");
        assertThat(alice.unmerge(duplicate).mergedInto()).isNull();
        assertThat(alice.mergedInto(original.key().toString(), 10)).isEmpty();
        assertThatThrownBy(() -> alice.merge(duplicate, duplicate)).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void oppositeMergesLeaveTheOlderTicketToWorkOn() {
        String older = create();
        clock.pass(Duration.ofSeconds(1));
        String newer = create();
        alice.merge(newer, older);

        TicketView canonical = alice.merge(older, newer);

        assertThat(canonical.mergedInto()).isNull();
        assertThat(canonical.isMergedInCircle()).isTrue();
        assertThat(alice.get(newer).mergedInto()).isEqualTo(canonical.id());
    }

    @Test
    void aDeletedTicketIsHiddenReadableAndRestored() {
        String id = create();
        TicketView deleted = bob.delete(id);

        assertThat(deleted.isDeleted()).isTrue();
        assertThat(alice.query(Lists.filtered(mesh, criteria -> criteria)).items())
                .isEmpty();
        assertThat(alice.get(id).title()).isEqualTo("Printer on fire");
        assertThatThrownBy(() -> alice.change(id, edit -> edit.title("x"))).isInstanceOf(GoneTicketException.class);
        assertThat(bob.restore(id).isDeleted()).isFalse();
        assertThat(alice.change(id, edit -> edit.title("x")).title()).isEqualTo("x");
    }

    @Test
    void aPurgedTicketIsGoneForGood() {
        TicketView ticket = alice.create("Printer on fire", edit -> edit.comment("Help"));
        String id = ticket.id().toString();
        alice.purge(id);

        GoneTicketException gone = catchThrowableOfType(GoneTicketException.class, () -> alice.get(id));
        assertThat(gone.purged()).isTrue();
        assertThat(alice.find(id)).isNull();
        assertThat(alice.find(ticket.key().toString())).isNull();
        assertThatThrownBy(() -> alice.restore(id)).isInstanceOf(GoneTicketException.class);
        assertThatThrownBy(() -> alice.purge(id)).isInstanceOf(GoneTicketException.class);
        assertThat(alice.counts().living()).isZero();
    }

    @Test
    void aPurgeIsNoEditBecauseItLeavesNoTicket() {
        String id = create();

        assertThatThrownBy(() -> alice.change(id, edit -> edit.with(new PurgeTicket())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(alice.find(id)).isNotNull();
    }

    @Test
    void historySaysWhoChangedWhatWhenAndWhere() {
        String id = create();
        clock.pass(Duration.ofHours(1));
        bob.change(id, edit -> edit.priority(Priority.HIGH).tag("fire"));

        var entry = alice.history(id).get(1);

        assertThat(entry.trace().actor()).isEqualTo("bob");
        assertThat(entry.trace().atMillis()).isEqualTo(clock.millis());
        assertThat(entry.trace().operation().origin().node()).isEqualTo(mesh.nodeId());
        assertThat(entry.changes()).anySatisfy(change -> {
            assertThat(change.field()).isEqualTo("priority");
            assertThat(change.before()).isEqualTo("normal");
            assertThat(change.after()).isEqualTo("high");
        });
        assertThat(entry.changes()).hasSize(2);
    }

    @Test
    void theTimeZoneOfTheMachineChangesNothing() {
        TimeZone here = TimeZone.getDefault();
        String id = alice.create("Printer", edit -> edit.dueOn(LocalDate.of(2026, 1, 31)))
                .id()
                .toString();
        Instant lastMoment = Instant.parse("2026-01-31T23:59:59.999Z");
        try {
            for (String zone : new String[] {"Pacific/Kiritimati", "Pacific/Niue"}) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                TicketView ticket = alice.get(id);
                assertThat(ticket.dueDate()).isEqualTo("2026-01-31");
                assertThat(ticket.isOverdue(lastMoment)).isFalse();
                assertThat(ticket.isOverdue(lastMoment.plusMillis(1))).isTrue();
            }
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void anActorHasAName() {
        assertThatThrownBy(() -> mesh.tickets(" ")).isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> mesh.tickets("x".repeat(129))).isInstanceOf(InvalidChangeException.class);
    }

    @Test
    void theReadOnlyNodeAnswersReadsOnly() {
        try (TicketMesh reader = TicketMesh.open(builder -> builder.readOnly(true))) {
            assertThatThrownBy(() -> reader.tickets().create("x"))
                    .isInstanceOf(io.ticketmesh.node.ReadOnlyException.class)
                    .hasMessageContaining("configured");
            assertThat(reader.tickets().counts().living()).isZero();
            assertThat(reader.refusal()).isNotNull();
        }
    }
}
