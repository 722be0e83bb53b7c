package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.wire.MessageCodec;
import io.ticketmesh.wire.WireCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);

    private final TestPeer alice = TestPeer.keeping("alice", 2);
    private final TestPeer bob = TestPeer.named("bob");

    private static void tickets(TestPeer peer, int count) {
        for (int i = 1; i <= count; i++) {
            peer.propose(TestPeer.ticketId(i), new CreateTicket("Ticket " + i));
        }
        peer.sent();
    }

    private static void assertSame(TestPeer one, TestPeer two) {
        assertThat(two.store().version()).isEqualTo(one.store().version());
        assertThat(two.store().buckets()).isEqualTo(one.store().buckets());
        assertThat(two.store().counts()).isEqualTo(one.store().counts());
    }

    /** Bob knows alice and asks her for a snapshot. */
    private TestPeer.Sent firstRequest() {
        alice.tick(7_000);
        bob.receive(alice.sent().only(Message.Digest.class));
        return bob.sent().only(Message.SnapshotRequest.class);
    }

    @Test
    void aReplicaTooFarBehindForTheLogJoinsBySnapshot() {
        tickets(alice, 3 * AntiEntropy.MAX_STATES);

        TestPeer.talk(1_500, alice, bob);

        assertSame(alice, bob);
        assertThat(bob.store().floor().get(alice.origin())).isEqualTo(3 * AntiEntropy.MAX_STATES);
        assertThat(bob.store().history(PRINTER)).isEqualTo(alice.store().history(PRINTER));
    }

    @Test
    void whoJoinedBySnapshotGoesOnByOperations() {
        tickets(alice, 5);
        TestPeer.talk(1_500, alice, bob);

        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.receive(alice.sent());
        bob.propose(PRINTER, new RecordOccurrences(2));
        alice.receive(bob.sent());

        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
        assertSame(alice, bob);
    }

    @Test
    void aTicketThatIsLargerThanAnEntryOfTheLogComesInPieces() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        for (int number = 1; number <= 60; number++) {
            String body = "It jammed again. ".repeat(1_200) + number;
            alice.propose(PRINTER, new AddComment(new CommentId(7, number), CommentKind.PUBLIC, body));
        }
        alice.sent();
        MessageCodec codec = new MessageCodec(1);

        alice.receive(firstRequest());
        TestPeer.Sent parts = alice.sent().only(Message.SnapshotPart.class);
        Message.SnapshotPart part =
                (Message.SnapshotPart) parts.messages().get(0).message();
        byte[] bytes = codec.encode(alice.origin(), part);

        assertThat(bytes).hasSizeGreaterThan(WireCodec.MAX_BYTES);
        assertThat(part.states())
                .hasSizeGreaterThan(4)
                .allMatch(state -> state.id().equals(PRINTER));
        bob.receive(List.of(Objects.requireNonNull(codec.decode(bytes, 0, bytes.length))));
        TestPeer.talk(1_500, alice, bob);
        assertSame(alice, bob);
        assertThat(bob.store().comments(PRINTER)).isEqualTo(alice.store().comments(PRINTER));
        assertThat(bob.store().history(PRINTER)).isEqualTo(alice.store().history(PRINTER));
    }

    @Test
    void theVersionIsTakenOnlyAfterTheLastPart() {
        tickets(alice, AntiEntropy.MAX_STATES + 1);
        alice.receive(firstRequest());

        bob.receive(alice.sent());

        assertThat(bob.store().ticket(PRINTER)).isPresent();
        assertThat(bob.store().version().get(alice.origin())).isZero();
        assertThat(bob.store().ahead().get(alice.origin())).isEqualTo(AntiEntropy.MAX_STATES);
    }

    @Test
    void aPartThatComesTwiceOrLateIsDropped() {
        tickets(alice, 2 * AntiEntropy.MAX_STATES);
        alice.receive(firstRequest());
        TestPeer.Sent first = alice.sent();
        bob.receive(first);
        alice.receive(bob.sent());
        TestPeer.Sent second = alice.sent();
        bob.receive(first);
        assertThat(bob.effects().commit().isEmpty()).isTrue();

        bob.receive(second);
        TestPeer.deliver(alice, bob);

        assertSame(alice, bob);
    }

    @Test
    void aProviderThatDiesHalfWayIsReplacedByAnother() {
        tickets(alice, 2 * AntiEntropy.MAX_STATES);
        TestPeer carol = TestPeer.keeping("carol", 2);
        TestPeer.talk(3_000, alice, carol);
        alice.receive(firstRequest());
        bob.receive(alice.sent()); // the first part; then alice dies
        bob.sent();

        TestPeer.talk(6_000, bob, carol);

        assertSame(carol, bob);
    }

    @Test
    void aProviderThatSpeaksButDoesNotHearIsReplacedByAnother() {
        tickets(alice, 2 * AntiEntropy.MAX_STATES);
        TestPeer carol = TestPeer.keeping("carol", 2);
        TestPeer.talk(3_000, alice, carol);
        firstRequest(); // is lost, as all that bob tells alice
        for (int i = 0; i < 200; i++) {
            alice.tick(50);
            bob.tick(50);
            carol.tick(50);
            bob.receive(alice.sent());
            TestPeer.deliver(bob, carol);
        }

        assertSame(carol, bob);
    }

    @Test
    void operationsThatComeInOneBatchWithTheEndOfASnapshotStayServed() {
        tickets(alice, 5);
        alice.receive(firstRequest());
        bob.receive(alice.sent());
        alice.receive(bob.sent());
        TestPeer.Sent end = alice.sent();
        List<Operation> log = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            log.addAll(alice.store().history(TestPeer.ticketId(i)));
        }
        log.add(alice.propose(PRINTER, new SetTitle("Printer burns")));
        List<Incoming> batch = new ArrayList<>(List.of(new Incoming(alice.origin(), new Message.Hint(log, false))));
        end.messages().forEach(outgoing -> batch.add(new Incoming(end.from(), outgoing.message())));

        bob.receive(batch);

        assertThat(bob.store().version()).isEqualTo(alice.store().version());
        assertThat(bob.store().operations(alice.origin(), bob.store().floor().get(alice.origin()) + 1, 10))
                .hasSize(6);
        TestPeer carol = TestPeer.named("carol");
        TestPeer.talk(1_500, bob, carol);
        assertThat(carol.title(PRINTER)).isEqualTo("Printer burns");
    }

    @Test
    void oneSnapshotIsFetchedAtATime() {
        tickets(alice, 5);
        TestPeer carol = TestPeer.keeping("carol", 2);
        TestPeer.talk(1_500, alice, carol);
        TestPeer.Sent request = firstRequest();
        carol.tick(10_000);

        bob.receive(carol.sent());

        assertThat(request.messages()).hasSize(1);
        assertThat(bob.sent().only(Message.SnapshotRequest.class).isEmpty()).isTrue();
    }

    @Test
    void aSnapshotTakesNothingFromWhoHasMore() {
        tickets(alice, 5);
        bob.propose(MOUSE, new CreateTicket("Mouse squeaks"), new RecordOccurrences(3));
        bob.propose(PRINTER, new CreateTicket("Printer jams"));

        TestPeer.talk(3_000, alice, bob);

        assertSame(alice, bob);
        assertThat(alice.ticket(MOUSE).occurrences().value()).isEqualTo(3);
        assertThat(alice.ticket(MOUSE).title().losers()).hasSize(1);
    }

    @Test
    void statesThatAreHeldAlreadyAreNotWrittenAgain() {
        tickets(alice, 20);
        TestPeer.talk(1_500, alice, bob);
        for (int i = 0; i < 5; i++) {
            alice.propose(PRINTER, new RecordOccurrences(1));
        }
        alice.sent(); // lost, so bob falls below the floor
        long before = bob.store().position();

        TestPeer.talk(3_000, alice, bob);

        assertSame(alice, bob);
        assertThat(bob.store().position() - before).isLessThan(6);
    }

    @Test
    void aPurgedTicketDoesNotComeBackWithASnapshotOfWhoDidNotHear() {
        tickets(alice, 5);
        TestPeer.talk(1_500, alice, bob);
        bob.propose(PRINTER, new PurgeTicket());
        bob.sent(); // lost
        for (int i = 0; i < 5; i++) {
            alice.propose(MOUSE, new RecordOccurrences(1));
        }
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        alice.sent(); // lost

        TestPeer.talk(3_000, alice, bob);

        assertSame(alice, bob);
        assertThat(alice.store().ticket(PRINTER)).isEmpty();
        assertThat(bob.store().history(PRINTER)).isEmpty();
    }

    @Test
    void aPurgeThatCameBySnapshotIsAheadOfTheVersionAndTold() {
        tickets(alice, AntiEntropy.MAX_STATES + 1);
        bob.receive(TestPeer.named("nobody").sent());
        TestPeer carol = TestPeer.named("carol");
        alice.propose(PRINTER, new PurgeTicket());
        alice.sent();
        alice.tick(50);
        carol.receive(alice.sent().only(Message.Digest.class));
        alice.receive(carol.sent());
        carol.receive(alice.sent());

        assertThat(carol.store().tombstone(PRINTER)).isPresent();
        assertThat(carol.store().version().isEmpty()).isTrue();
        assertThat(carol.store().ahead().get(alice.origin())).isEqualTo(AntiEntropy.MAX_STATES + 2);
        assertThat(carol.effects().events())
                .anyMatch(event -> event instanceof TicketEvent.Adopted adopted
                        && adopted.ticketId().equals(PRINTER)
                        && !adopted.after().isBorn());
    }

    @Test
    void aRedactedTextIsInNoSnapshotAndStaysAway() {
        CommentId comment = CommentId.timeOrdered(1, 1, 1);
        tickets(alice, 5);
        alice.propose(PRINTER, new AddComment(comment, CommentKind.PUBLIC, "My password is 1234"));
        alice.propose(PRINTER, new RedactComment(comment));

        TestPeer.talk(1_500, alice, bob);

        assertThat(bob.store().comments(PRINTER)).singleElement().satisfies(each -> {
            assertThat(each.isRedacted()).isTrue();
            assertThat(each.text()).isEmpty();
        });
    }

    /** Alice's operations one to three on the printer and the mouse; bob has the printer of them, by half a snapshot; then alice goes back. */
    private void whatBobAloneHas() {
        tickets(alice, AntiEntropy.MAX_STATES);
        MemoryStore image = alice.store().copy();
        alice.propose(TestPeer.ticketId(500), new CreateTicket("Never seen again"));
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        alice.sent();
        alice.receive(firstRequest());
        bob.receive(alice.sent());
        bob.sent();
        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
        alice.restartOn(image);
        assertThat(alice.title(PRINTER)).isEqualTo("Ticket 1");
    }

    @Test
    void anEditOnTopOfWhatWasLostReachesAll() {
        whatBobAloneHas();
        bob.propose(PRINTER, new RecordOccurrences(2)); // has seen an operation that no log holds any more
        bob.propose(MOUSE, new RecordOccurrences(1)); // and would be stuck behind it

        TestPeer.talk(10_000, alice, bob);

        assertThat(alice.title(PRINTER)).isEqualTo("Printer burns");
        assertThat(alice.ticket(PRINTER)).isEqualTo(bob.ticket(PRINTER));
        assertThat(alice.ticket(MOUSE).occurrences().value()).isEqualTo(1);
        assertThat(alice.store().version()).isEqualTo(bob.store().version());
    }

    @Test
    void whatASnapshotSavedOfALostDiskReachesAllInTheEnd() {
        whatBobAloneHas();

        TestPeer.talk(250_000, alice, bob);

        assertThat(alice.title(PRINTER)).isEqualTo("Printer burns");
        assertThat(alice.ticket(PRINTER)).isEqualTo(bob.ticket(PRINTER));
        assertThat(alice.store().buckets()).isEqualTo(bob.store().buckets());
    }

    @Test
    void anEditOnATicketThatWasPurgedBehindASnapshotIsNoObstacle() {
        whatBobAloneHas();
        bob.propose(PRINTER, new RecordOccurrences(2));
        bob.propose(PRINTER, new PurgeTicket());
        bob.propose(MOUSE, new RecordOccurrences(1));

        TestPeer.talk(10_000, alice, bob);

        assertThat(alice.store().tombstone(PRINTER)).isPresent();
        assertThat(alice.ticket(MOUSE).occurrences().value()).isEqualTo(1);
        assertThat(alice.store().version()).isEqualTo(bob.store().version());
    }
}
