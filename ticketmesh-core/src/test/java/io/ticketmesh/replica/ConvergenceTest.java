package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.crdt.Written;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.SetTitle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final CommentId COMMENT = CommentId.timeOrdered(1, 1, 1);

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");

    @BeforeEach
    void aTicketThatBothKnow() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"), new AddTag("paper"));
        bob.receive(alice.sent());
    }

    private void assertSame() {
        assertThat(bob.store().version()).isEqualTo(alice.store().version());
        assertThat(bob.store().ticket(PRINTER)).isEqualTo(alice.store().ticket(PRINTER));
        assertThat(bob.store().comments(PRINTER)).isEqualTo(alice.store().comments(PRINTER));
        assertThat(bob.store().tombstone(PRINTER)).isEqualTo(alice.store().tombstone(PRINTER));
        assertThat(bob.store().buckets()).isEqualTo(alice.store().buckets());
    }

    @Test
    void aHintBringsAnEditToTheOthers() {
        alice.propose(PRINTER, new SetTitle("Printer burns"));

        bob.receive(alice.sent());

        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
        assertSame();
    }

    @Test
    void laterEditWinsWhateverTheArrivalOrder() {
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.moveClock(10);
        bob.propose(PRINTER, new SetTitle("Printer smokes"));
        TestPeer.Sent early = alice.sent();

        alice.receive(bob.sent());
        bob.receive(early);

        assertThat(alice.title(PRINTER)).isEqualTo("Printer smokes");
        assertThat(alice.ticket(PRINTER).title().losers())
                .extracting(Written::value)
                .containsExactly("Printer burns");
        assertSame();
    }

    @Test
    void anEditMadeAfterSeeingAnotherWinsEvenWithASlowClock() {
        bob.moveClock(-24L * 60 * 60 * 1000);
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.receive(alice.sent());

        bob.propose(PRINTER, new SetTitle("Printer is fine"));
        alice.receive(bob.sent());

        assertThat(alice.title(PRINTER)).isEqualTo("Printer is fine");
        assertThat(alice.ticket(PRINTER).title().losers()).isEmpty();
        assertSame();
    }

    @Test
    void aLoserStaysUntilAWriteThatHasSeenIt() {
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.propose(PRINTER, new SetTitle("Printer smokes"));
        TestPeer.deliver(alice, bob);
        assertThat(alice.ticket(PRINTER).title().losers()).hasSize(1);

        alice.propose(PRINTER, new SetTitle("Printer is gone"));
        TestPeer.deliver(alice, bob);

        assertThat(bob.ticket(PRINTER).title().losers()).isEmpty();
        assertSame();
    }

    @Test
    void equalConcurrentValuesAreNoConflict() {
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.propose(PRINTER, new SetTitle("Printer burns"));
        TestPeer.deliver(alice, bob);

        assertThat(alice.ticket(PRINTER).title().losers()).isEmpty();
        assertSame();
    }

    @Test
    void ofAConcurrentAdditionAndRemovalTheAdditionStays() {
        alice.propose(PRINTER, new RemoveTag("paper"));
        bob.propose(PRINTER, new RemoveTag("paper"), new AddTag("Paper"));
        TestPeer.deliver(alice, bob);

        assertThat(alice.ticket(PRINTER).tags().entries()).hasSize(1);
        assertSame();
    }

    @Test
    void occurrencesOfAllAreSummed() {
        alice.propose(PRINTER, new RecordOccurrences(3));
        bob.propose(PRINTER, new RecordOccurrences(4));
        alice.propose(PRINTER, new RecordOccurrences(5));
        TestPeer.deliver(alice, bob);

        assertThat(bob.ticket(PRINTER).occurrences().value()).isEqualTo(12);
        assertSame();
    }

    @Test
    void redactionBeatsALaterEditThatDidNotSeeIt() {
        alice.propose(PRINTER, new AddComment(COMMENT, CommentKind.PUBLIC, "My password is 1234"));
        TestPeer.deliver(alice, bob);
        alice.propose(PRINTER, new RedactComment(COMMENT));
        bob.moveClock(1_000);
        bob.propose(PRINTER, new EditComment(COMMENT, "My password is 12345"));
        TestPeer.deliver(alice, bob);

        assertThat(bob.store().comments(PRINTER))
                .allMatch(comment -> comment.isRedacted() && comment.text().isEmpty());
        assertSame();
    }

    @Test
    void aPurgeBeatsALaterEditThatDidNotSeeIt() {
        alice.propose(PRINTER, new PurgeTicket());
        bob.moveClock(1_000);
        bob.propose(PRINTER, new SetTitle("Printer burns"));
        TestPeer.deliver(alice, bob);

        assertThat(bob.store().ticket(PRINTER)).isEmpty();
        assertThat(bob.store().history(PRINTER)).isEmpty();
        assertThat(alice.statistics().droppedAsPurged()).isEqualTo(1);
        assertSame();
    }

    @Test
    void ofTwoPurgesTheFirstCounts() {
        alice.propose(PRINTER, new PurgeTicket());
        bob.moveClock(-5_000);
        bob.propose(PRINTER, new PurgeTicket());
        TestPeer.deliver(alice, bob);

        assertSame();
    }

    @Test
    void anOperationThatComesTwiceIsAppliedOnce() {
        alice.propose(PRINTER, new RecordOccurrences(1));
        TestPeer.Sent hint = alice.sent();

        bob.receive(hint);
        bob.receive(hint);

        assertThat(bob.ticket(PRINTER).occurrences().value()).isEqualTo(1);
        assertThat(bob.statistics().duplicates()).isEqualTo(1);
        assertThat(bob.effects().commit().isEmpty()).isTrue();
        assertThat(bob.effects().events()).isEmpty();
    }

    @Test
    void anOperationWaitsForTheOneBeforeIt() {
        alice.propose(PRINTER, new SetTitle("One"));
        TestPeer.Sent first = alice.sent();
        alice.propose(PRINTER, new SetTitle("Two"));

        bob.receive(alice.sent());
        assertThat(bob.title(PRINTER)).isEqualTo("Printer jams");
        assertThat(bob.statistics().early()).isEqualTo(1);

        bob.receive(first);
        assertThat(bob.title(PRINTER)).isEqualTo("Two");
        assertThat(bob.statistics().early()).isZero();
    }

    @Test
    void anOperationWaitsForWhatItsAuthorHadSeen() {
        TestPeer carol = TestPeer.named("carol");
        TestPeer.talk(2_000, alice, bob, carol);
        alice.propose(PRINTER, new SetTitle("One"));
        TestPeer.Sent cause = alice.sent();
        bob.receive(cause);
        bob.propose(PRINTER, new SetTitle("Two"));

        carol.receive(bob.sent());
        assertThat(carol.title(PRINTER)).isEqualTo("Printer jams");

        carol.receive(cause);
        assertThat(carol.title(PRINTER)).isEqualTo("Two");
        assertThat(carol.ticket(PRINTER).title().losers()).isEmpty();
    }

    @Test
    void anIdThatComesWithAnotherContentIsDroppedAndTold() {
        var operation = alice.propose(PRINTER, new SetTitle("One"));
        bob.receive(alice.sent());
        TestPeer liar = alice.cloned("liar");
        var forged = new io.ticketmesh.oplog.Operation(
                operation.id(),
                operation.time(),
                operation.atMillis(),
                "mallory",
                PRINTER,
                operation.seen(),
                null,
                java.util.List.of(new SetTitle("Two")),
                operation.unknownFields());

        bob.receive(liar.origin(), new Message.Hint(java.util.List.of(forged), false));

        assertThat(bob.title(PRINTER)).isEqualTo("One");
        assertThat(bob.effects().alarms()).hasSize(1);
    }
}
