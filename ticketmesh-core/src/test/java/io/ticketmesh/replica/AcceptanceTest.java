package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.RequestReusedException;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.MergeInto;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RestoreTicket;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final long HOUR_MILLIS = 60L * 60 * 1000;
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);
    private static final CommentId COMMENT = CommentId.timeOrdered(1, 1, 1);

    private final TestPeer alice = TestPeer.named("alice");

    @BeforeEach
    void aTicket() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
    }

    private static Proposal asking(TicketId ticket, io.ticketmesh.ticket.change.Change... changes) {
        return Proposal.of(ticket, "alice", List.of(changes));
    }

    private void assertRefused(Outcome outcome, Class<? extends RuntimeException> reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isInstanceOf(reason));
    }

    @Test
    void anAcceptedProposalBecomesOneOperationWithItsAuthorAndTime() {
        Operation operation = alice.propose(PRINTER, new SetTitle("Printer burns"), new AddTag("fire"));

        assertThat(operation.id().origin()).isEqualTo(alice.origin());
        assertThat(operation.id().sequence()).isEqualTo(2);
        assertThat(operation.actor()).isEqualTo("alice");
        assertThat(operation.atMillis()).isEqualTo(alice.wallMillis());
        assertThat(operation.seen().get(alice.origin())).isEqualTo(1);
        assertThat(operation.changes()).containsExactly(new SetTitle("Printer burns"), new AddTag("fire"));
        assertThat(alice.store().history(PRINTER)).hasSize(2).contains(operation);
    }

    @Test
    void whatIsSoAlreadyIsNotStored() {
        Outcome outcome = alice.ask(asking(PRINTER, new SetTitle("Printer jams")));

        assertThat(outcome).isInstanceOf(Outcome.Unchanged.class);
        assertThat(alice.effects().commit().isEmpty()).isTrue();
        assertThat(alice.store().history(PRINTER)).hasSize(1);
    }

    @Test
    void settlingAConflictIsStoredAlthoughTheValueStays() {
        Outcome outcome =
                alice.ask(asking(PRINTER, new SetTitle("Printer jams")).settling());

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void ofAProposalAllChangesAreStoredOrNone() {
        assertRefused(
                alice.ask(asking(PRINTER, new SetTitle("Printer burns"), new EditComment(COMMENT, "text"))),
                UnknownTicketException.class);

        assertThat(alice.title(PRINTER)).isEqualTo("Printer jams");
        assertThat(alice.effects().commit().isEmpty()).isTrue();
        assertThat(alice.effects().messages()).isEmpty();
        assertThat(alice.effects().events()).isEmpty();
    }

    @Test
    void proposalsOfOneCommitSeeThoseBeforeThem() {
        List<Outcome> outcomes = alice.ask(List.of(
                asking(MOUSE, new CreateTicket("Mouse squeaks")),
                asking(MOUSE, new SetTitle("Mouse is gone")),
                asking(PRINTER, new AddLink(LinkType.RELATES_TO, MOUSE)),
                asking(MOUSE, new SetTitle("Mouse is gone"))));

        assertThat(outcomes.subList(0, 3)).allMatch(Outcome.Accepted.class::isInstance);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Unchanged.class);
        assertThat(alice.title(MOUSE)).isEqualTo("Mouse is gone");
        assertThat(alice.store().version().get(alice.origin())).isEqualTo(4);
    }

    @Test
    void theSameIdIsNotCreatedTwiceInOneCommit() {
        List<Outcome> outcomes =
                alice.ask(List.of(asking(MOUSE, new CreateTicket("One")), asking(MOUSE, new CreateTicket("Two"))));

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Accepted.class);
        assertRefused(outcomes.get(1), InvalidChangeException.class);
        assertThat(alice.title(MOUSE)).isEqualTo("One");
        assertThat(alice.ticket(MOUSE).title().losers()).isEmpty();
    }

    @Test
    void theSameKeyInOneCommitIsCarriedOutOnce() {
        RequestKey key = new RequestKey(1, 2, 3);

        List<Outcome> outcomes = alice.ask(List.of(
                asking(PRINTER, new RecordOccurrences(1)).under(key),
                asking(PRINTER, new RecordOccurrences(1)).under(key)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Repeated.class);
        assertThat(alice.ticket(PRINTER).occurrences().value()).isEqualTo(1);
    }

    @Test
    void aRepeatedRequestIsAnsweredByTheReceiptOfTheFirst() {
        RequestKey key = new RequestKey(1, 2, 3);
        Outcome first = alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key));

        Outcome second = alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key));

        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.Repeated.class,
                        repeated -> assertThat(repeated.receipt().operation())
                                .isEqualTo(
                                        ((Outcome.Accepted) first).operation().id()));
    }

    @Test
    void aKeyWithAnotherBodyIsRefused() {
        alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(new RequestKey(1, 2, 3)));

        assertRefused(
                alice.ask(asking(PRINTER, new RecordOccurrences(2)).under(new RequestKey(1, 2, 4))),
                RequestReusedException.class);
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        RequestKey key = new RequestKey(1, 2, 3);
        alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key));

        alice.moveClock(24 * HOUR_MILLIS);
        assertThat(alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key)))
                .isInstanceOf(Outcome.Repeated.class);
        alice.moveClock(1);
        assertThat(alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key)))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key)))
                .isInstanceOf(Outcome.Repeated.class);
    }

    @Test
    void aClockFarAheadDoesNotMakeOthersForgetTheirKeys() {
        RequestKey key = new RequestKey(1, 2, 3);
        alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key));
        TestPeer bob = TestPeer.named("bob");
        bob.moveClock(10 * 365 * 24 * HOUR_MILLIS);
        bob.ask(asking(MOUSE, new CreateTicket("From the future")).under(new RequestKey(9, 9, 9)));

        alice.receive(bob.sent());

        assertThat(alice.ask(asking(PRINTER, new RecordOccurrences(1)).under(key)))
                .isInstanceOf(Outcome.Repeated.class);
    }

    @Test
    void aKeyIsKnownToWhoJoinedBySnapshot() {
        TestPeer carol = TestPeer.keeping("carol", 1);
        RequestKey key = new RequestKey(1, 2, 3);
        carol.propose(MOUSE, new CreateTicket("Mouse squeaks"));
        carol.ask(asking(MOUSE, new RecordOccurrences(1)).under(key));
        carol.propose(MOUSE, new SetTitle("Mouse is gone"));
        carol.sent();
        TestPeer dave = TestPeer.named("dave");

        TestPeer.talk(3_000, carol, dave);

        assertThat(dave.title(MOUSE)).isEqualTo("Mouse is gone");
        assertThat(dave.ask(asking(MOUSE, new RecordOccurrences(1)).under(key))).isInstanceOf(Outcome.Repeated.class);
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        RequestKey key = new RequestKey(1, 2, 3);
        assertRefused(
                alice.ask(asking(MOUSE, new SetTitle("No such ticket")).under(key)), UnknownTicketException.class);

        assertThat(alice.ask(asking(PRINTER, new SetTitle("Printer burns")).under(key)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aTicketThatChangedMeanwhileIsNotOverwritten() {
        String seen = alice.ticket(PRINTER).etag();
        alice.propose(PRINTER, new SetTitle("Printer burns"));

        Outcome outcome =
                alice.ask(asking(PRINTER, new SetTitle("Printer is fine")).expecting(Set.of(seen)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isInstanceOfSatisfying(
                                        PreconditionFailedException.class,
                                        failed -> assertThat(failed.etag())
                                                .isEqualTo(alice.ticket(PRINTER).etag())));
        assertThat(alice.title(PRINTER)).isEqualTo("Printer burns");
    }

    @Test
    void anyOfTheExpectedEntityTagsWillDo() {
        Set<String> etags = Set.of("other", alice.ticket(PRINTER).etag());

        assertThat(alice.ask(asking(PRINTER, new SetTitle("Printer burns")).expecting(etags)))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aCommentChangesTheEntityTagToo() {
        String before = alice.ticket(PRINTER).etag();
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "Since Monday"));
        String between = alice.ticket(PRINTER).etag();
        alice.propose(PRINTER, new EditComment(COMMENT, "Since Tuesday"));

        assertThat(alice.ticket(PRINTER).etag()).isNotEqualTo(between).isNotEqualTo(before);
    }

    @Test
    void aDeletedTicketCanOnlyBeRestoredOrPurged() {
        alice.propose(PRINTER, new DeleteTicket());

        assertRefused(alice.ask(asking(PRINTER, new SetTitle("Printer burns"))), GoneTicketException.class);
        assertThat(alice.ask(asking(PRINTER, new DeleteTicket()))).isInstanceOf(Outcome.Unchanged.class);
        alice.propose(PRINTER, new RestoreTicket());
        assertThat(alice.title(PRINTER)).isEqualTo("Printer jams");
        alice.propose(PRINTER, new DeleteTicket());
        alice.propose(PRINTER, new PurgeTicket());
        assertThat(alice.store().ticket(PRINTER)).isEmpty();
    }

    @Test
    void aPurgedTicketTakesNothingAnyMore() {
        Outcome purged = alice.ask(asking(PRINTER, new PurgeTicket()));

        assertThat(purged)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.ticket().isBorn()).isFalse());
        assertRefused(alice.ask(asking(PRINTER, new RestoreTicket())), GoneTicketException.class);
        assertRefused(alice.ask(asking(PRINTER, new CreateTicket("Again"))), GoneTicketException.class);
        assertThat(alice.store().history(PRINTER)).isEmpty();
        assertThat(alice.store().tombstone(PRINTER)).isPresent();
    }

    @Test
    void aTicketPurgedInTheSameCommitCannotBeReferredTo() {
        alice.propose(MOUSE, new CreateTicket("Mouse squeaks"));

        List<Outcome> outcomes = alice.ask(List.of(
                asking(MOUSE, new PurgeTicket()),
                asking(PRINTER, new AddLink(LinkType.RELATES_TO, MOUSE)),
                asking(MOUSE, new SetTitle("Too late"))));

        assertRefused(outcomes.get(1), InvalidChangeException.class);
        assertRefused(outcomes.get(2), GoneTicketException.class);
    }

    @Test
    void referencesMustBeKnownHere() {
        assertRefused(alice.ask(asking(PRINTER, new AddLink(LinkType.BLOCKS, MOUSE))), InvalidChangeException.class);
        assertRefused(alice.ask(asking(PRINTER, new MergeInto(MOUSE))), InvalidChangeException.class);
        assertRefused(alice.ask(asking(PRINTER, new MergeInto(PRINTER))), InvalidChangeException.class);
        assertRefused(alice.ask(asking(PRINTER, new AddLink(LinkType.BLOCKS, PRINTER))), InvalidChangeException.class);
    }

    @Test
    void anUnknownTicketIsNotWrittenTo() {
        assertRefused(alice.ask(asking(MOUSE, new SetTitle("Which one?"))), UnknownTicketException.class);
        assertRefused(alice.ask(asking(MOUSE, new PurgeTicket())), UnknownTicketException.class);
    }

    @Test
    void theWorkflowIsKept() {
        alice.propose(PRINTER, new SetStatus(Status.CLOSED));

        assertRefused(alice.ask(asking(PRINTER, new SetStatus(Status.PENDING))), TransitionRefusedException.class);
    }

    @Test
    void resolvingAResolvedTicketAgainKeepsItsResolution() {
        alice.propose(PRINTER, new SetStatus(Status.RESOLVED, "workaround", null));

        assertThat(alice.ask(asking(PRINTER, new SetStatus(Status.RESOLVED)))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(alice.ticket(PRINTER).status().winner().orElseThrow().value().resolution())
                .isEqualTo("workaround");
    }

    @Test
    void aPublicCommentOfTheReporterReopens() {
        alice.propose(PRINTER, new SetReporter("ada"), new SetStatus(Status.RESOLVED));

        Outcome outcome = alice.ask(
                Proposal.of(PRINTER, "ada", List.of(new AddComment(COMMENT, CommentKind.PUBLIC, "It is back"))));

        assertThat(((Outcome.Accepted) outcome).operation().changes())
                .containsExactly(new AddComment(COMMENT, CommentKind.PUBLIC, "It is back"), new SetStatus(Status.OPEN));
        assertThat(alice.ticket(PRINTER).status().winner().orElseThrow().value().status())
                .isEqualTo(Status.OPEN);
    }

    @Test
    void anInternalOrAForeignCommentDoesNotReopen() {
        alice.propose(PRINTER, new SetReporter("ada"), new SetStatus(Status.RESOLVED));

        alice.ask(Proposal.of(PRINTER, "ada", List.of(new AddComment(COMMENT, CommentKind.INTERNAL, "Hm"))));
        alice.propose(PRINTER, new AddComment(CommentId.timeOrdered(2, 2, 2), CommentKind.PUBLIC, "Done"));

        assertThat(alice.ticket(PRINTER).status().winner().orElseThrow().value().status())
                .isEqualTo(Status.RESOLVED);
    }

    @Test
    void aRedactedCommentCannotBeWrittenAgain() {
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "My password is 1234"));
        alice.propose(PRINTER, new RedactComment(COMMENT));

        assertRefused(alice.ask(asking(PRINTER, new EditComment(COMMENT, "Text"))), InvalidChangeException.class);
        assertThat(alice.ask(asking(PRINTER, new RedactComment(COMMENT)))).isInstanceOf(Outcome.Unchanged.class);
        assertThat(alice.store().comments(PRINTER))
                .allMatch(comment -> comment.text().isEmpty());
    }

    @Test
    void aCommentCanBeWrittenAndEditedInOneProposal() {
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "Fisrt"), new EditComment(COMMENT, "First"));

        assertThat(alice.store().comments(PRINTER))
                .singleElement()
                .satisfies(comment -> assertThat(comment.text()).isEqualTo("First"));
    }

    @Test
    void importedHistoryShowsItsOwnTimeButOrdersLikeAnyOther() {
        alice.ask(asking(PRINTER, new SetTitle("Printer jammed")).at(1_000));

        Ticket ticket = alice.ticket(PRINTER);
        assertThat(ticket.title().or("")).isEqualTo("Printer jammed");
        assertThat(ticket.title().winner().orElseThrow().trace().atMillis()).isEqualTo(1_000);
        assertThat(ticket.updatedMillis()).isEqualTo(alice.wallMillis());
    }

    @Test
    void anEditOfATicketFromTheFutureWinsButShowsTheTimeOfDay() {
        TestPeer bob = TestPeer.named("bob");
        bob.moveClock(10 * 365 * 24 * HOUR_MILLIS);
        bob.propose(MOUSE, new CreateTicket("From the future"));
        alice.receive(bob.sent());

        Operation edit = alice.propose(MOUSE, new SetTitle("From now"));

        assertThat(alice.title(MOUSE)).isEqualTo("From now");
        assertThat(edit.time().millis()).isGreaterThan(alice.wallMillis() + HOUR_MILLIS);
        assertThat(edit.atMillis()).isEqualTo(alice.wallMillis());
        assertThat(alice.propose(PRINTER, new SetTitle("Here and now")).time().millis())
                .isEqualTo(alice.wallMillis());
    }

    @Test
    void aProposalNamesItsActorAndAPlausibleTime() {
        assertThatThrownBy(() -> Proposal.of(PRINTER, " ", List.of())).isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> Proposal.of(PRINTER, "a".repeat(129), List.of()))
                .isInstanceOf(InvalidChangeException.class);
        assertThatThrownBy(() -> asking(PRINTER).at(Long.MAX_VALUE)).isInstanceOf(InvalidChangeException.class);
        assertThat(Proposal.of(PRINTER, "a".repeat(128), List.of()).actor()).hasSize(128);
    }
}
