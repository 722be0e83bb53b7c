package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionSummary;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AntiEntropyTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");

    private static void manyOperations(TestPeer peer, TicketId ticket, int count) {
        for (int i = 0; i < count; i++) {
            peer.propose(ticket, new RecordOccurrences(1));
        }
    }

    private static void tickUntilItSpeaks(TestPeer peer) {
        peer.sent();
        for (int i = 0; i < 200; i++) {
            peer.tick(50);
        }
    }

    @Test
    void aLostHintIsRepairedByThePullThatTheNextHintCauses() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent(); // lost
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        bob.receive(alice.sent());

        bob.tick(50);
        alice.receive(bob.sent().only(Message.Pull.class));
        bob.receive(alice.sent());

        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
    }

    @Test
    void aPullAsksForWhatWasLostAndNotForWhatCame() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        bob.receive(alice.sent());
        for (int i = 0; i < 20; i++) {
            alice.propose(PRINTER, new RecordOccurrences(1));
            TestPeer.Sent hint = alice.sent();
            if (i % 5 != 0) {
                bob.receive(hint);
            }
        }

        bob.tick(50);
        alice.receive(bob.sent().only(Message.Pull.class));
        List<Integer> answers = alice.sent().only(Message.Operations.class).messages().stream()
                .map(outgoing ->
                        ((Message.Operations) outgoing.message()).operations().size())
                .toList();

        assertThat(answers).containsExactly(4);
    }

    @Test
    void aLostHintIsRepairedByTheNextDigest() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent(); // lost

        TestPeer.talk(1_500, alice, bob);

        assertThat(bob.title(PRINTER)).isEqualTo("Printer jams");
    }

    @Test
    void aDigestIsAnsweredOnlyByWhoHasMoreAndAnAnswerNever() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent();
        bob.tick(50);
        bob.sent();
        Message.Digest behind = new Message.Digest(
                VersionSummary.whole(bob.store().version()), bob.store().floor(), false);

        alice.receive(bob.origin(), behind);
        TestPeer.Sent answer = alice.sent();
        assertThat(answer.messages())
                .singleElement()
                .satisfies(outgoing -> assertThat(((Message.Digest) outgoing.message()).answer())
                        .isTrue());

        bob.receive(answer);
        assertThat(bob.sent().only(Message.Digest.class).isEmpty()).isTrue();
        alice.receive(
                bob.origin(),
                new Message.Digest(
                        VersionSummary.whole(bob.store().version()), bob.store().floor(), true));
        assertThat(alice.sent().isEmpty()).isTrue();
    }

    @Test
    void afterManyRestartsADigestIsStillSmallAndTellsWhatIsNew() {
        restartOften(alice);
        TestPeer.talk(3_000, alice, bob);
        alice.propose(PRINTER, new SetTitle("Printer burns"));
        alice.sent(); // lost

        tickUntilItSpeaks(alice);
        TestPeer.Sent digests = alice.sent().only(Message.Digest.class);
        bob.receive(digests);

        assertThat(digests.messages()).isNotEmpty().allSatisfy(outgoing -> {
            VersionSummary held = ((Message.Digest) outgoing.message()).held();
            assertThat(held.listed().size()).isEqualTo(Schedule.STANDARD.listedRuns());
            assertThat(held.isOf(alice.store().version())).isTrue();
        });
        TestPeer.deliver(alice, bob); // no time passes
        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
    }

    @Test
    void whoLacksAnOldRunAsksForTheWholeDigestButNotTooOften() {
        restartOften(alice);
        tickUntilItSpeaks(alice);
        TestPeer.Sent digests = alice.sent().only(Message.Digest.class);
        bob.tick(50);
        bob.sent();

        bob.receive(digests);
        bob.receive(digests);
        TestPeer.Sent asked = bob.sent().only(Message.Pull.class);
        assertThat(asked.where(outgoing ->
                                ((Message.Pull) outgoing.message()).ranges().isEmpty())
                        .messages())
                .hasSize(1);

        alice.receive(asked);
        bob.receive(alice.sent());
        TestPeer.talk(3_000, alice, bob);
        assertThat(bob.store().version()).isEqualTo(alice.store().version());
        assertThat(bob.title(PRINTER)).isEqualTo(alice.title(PRINTER));
    }

    /** So often that a digest cannot list all runs. */
    private static void restartOften(TestPeer peer) {
        peer.propose(PRINTER, new CreateTicket("Printer jams"));
        for (int i = 0; i < 2 * Schedule.STANDARD.listedRuns(); i++) {
            peer.moveClock(86_400_000);
            peer.restart();
            peer.propose(PRINTER, new SetTitle("Printer jams, day " + i));
        }
        peer.sent();
    }

    @Test
    void aReplicaFarBehindCatchesUpPageByPageWithoutWaiting() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        manyOperations(alice, PRINTER, 100 * AntiEntropy.MAX_OPERATIONS);
        alice.sent();
        alice.tick(50);

        bob.receive(alice.sent());
        TestPeer.deliver(alice, bob); // no time passes

        assertThat(bob.store().version()).isEqualTo(alice.store().version());
        assertThat(bob.ticket(PRINTER)).isEqualTo(alice.ticket(PRINTER));
    }

    @Test
    void anAnswerThatBringsNothingCausesNoFurtherPull() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent();
        alice.tick(50);
        bob.receive(alice.sent());
        alice.receive(bob.sent());
        TestPeer.Sent answer = alice.sent();
        bob.receive(answer);
        bob.sent();

        bob.receive(answer);

        assertThat(bob.sent().isEmpty()).isTrue();
    }

    @Test
    void aPullAnswerHoldsSomethingOfEveryRangeSoThatOneOriginCannotStarveAnother() {
        // All that bob wrote comes after alice's first operation; a page full of bob's alone could never be applied.
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        bob.receive(alice.sent());
        bob.propose(PRINTER, new SetTitle("Printer burns"));
        manyOperations(bob, PRINTER, 3 * AntiEntropy.MAX_OPERATIONS);
        manyOperations(alice, PRINTER, 3 * AntiEntropy.MAX_OPERATIONS);
        alice.receive(bob.sent());
        alice.sent();
        assertThat(bob.origin()).isLessThan(alice.origin());
        TestPeer carol = TestPeer.named("carol");

        TestPeer.talk(1_500, alice, carol);

        assertThat(carol.store().version()).isEqualTo(alice.store().version());
    }

    @Test
    void moreOriginsThanFitIntoOnePullAreAllCaughtUpWith() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        for (int run = 0; run < 3 * AntiEntropy.MAX_RANGES; run++) {
            alice.restart();
            alice.propose(PRINTER, new SetTitle("Run " + run)); // has seen all runs before it
        }
        alice.sent();

        TestPeer.talk(15_000, alice, bob);

        assertThat(bob.store().version()).isEqualTo(alice.store().version());
        assertThat(bob.ticket(PRINTER)).isEqualTo(alice.ticket(PRINTER));
    }

    @Test
    void onePullIsOutstandingPerPeerAndItIsRepeatedAfterItsTime() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent();
        alice.tick(50);
        bob.receive(alice.sent());
        assertThat(bob.sent().only(Message.Pull.class).messages()).hasSize(1);

        bob.tick(400);
        assertThat(bob.sent().only(Message.Pull.class).isEmpty()).isTrue();
        bob.tick(150);
        assertThat(bob.sent().only(Message.Pull.class).messages()).hasSize(1);
    }

    @Test
    void aPeerThatIsGoneIsForgottenAndAskedNoMore() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent();
        alice.tick(50);
        bob.receive(alice.sent());
        for (int i = 0; i < 1_300; i++) {
            bob.tick(50);
        }
        bob.sent();

        tickUntilItSpeaks(bob);

        assertThat(bob.sent().messages()).allMatch(outgoing -> outgoing.to() == null);
    }

    @Test
    void whatARestartedPeerLacksComesUnderItsNewName() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        Origin before = alice.origin();
        TestPeer.talk(1_500, alice, bob);
        alice.restart();
        alice.propose(PRINTER, new SetTitle("Printer burns"));

        TestPeer.talk(1_500, alice, bob);

        assertThat(alice.origin()).isNotEqualTo(before);
        assertThat(bob.title(PRINTER)).isEqualTo("Printer burns");
        assertThat(bob.store().version().entries()).containsKeys(before, alice.origin());
    }

    @Test
    void anyPeerThatHasTheOperationsCanGiveThem() {
        TestPeer carol = TestPeer.named("carol");
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        bob.receive(alice.sent());

        TestPeer.talk(1_500, bob, carol); // alice is away

        assertThat(carol.title(PRINTER)).isEqualTo("Printer jams");
    }

    @Test
    void aPullForMoreThanThereIsIsAnsweredByWhatThereIs() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        alice.sent();

        alice.receive(
                bob.origin(),
                new Message.Pull(List.of(
                        new OperationRange(alice.origin(), 1, Long.MAX_VALUE),
                        new OperationRange(bob.origin(), 5, 3),
                        new OperationRange(bob.origin(), 7, 9))));

        Message answer = alice.sent().messages().get(0).message();
        assertThat(((Message.Operations) answer).operations()).hasSize(1);
    }

    @Test
    void aPullForNothingThatIsHereIsAnsweredByADigest() {
        alice.receive(bob.origin(), new Message.Pull(List.of(new OperationRange(bob.origin(), 7, 9))));

        assertThat(alice.sent().messages())
                .singleElement()
                .satisfies(outgoing -> assertThat(((Message.Digest) outgoing.message()).answer())
                        .isTrue());
    }

    @Test
    void anAnswerIsNeverLargerThanAPage() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        manyOperations(alice, PRINTER, 2 * AntiEntropy.MAX_OPERATIONS);
        alice.sent();
        List<OperationRange> greedy = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            greedy.add(new OperationRange(alice.origin(), 1 + i % 5, Long.MAX_VALUE));
        }

        alice.receive(bob.origin(), new Message.Pull(greedy));

        Message answer = alice.sent().messages().get(0).message();
        assertThat(((Message.Operations) answer).operations()).hasSize(AntiEntropy.MAX_OPERATIONS);
    }

    @Test
    void messagesFromItselfAreIgnored() {
        alice.receive(
                alice.origin(),
                new Message.Digest(
                        VersionSummary.whole(alice.store().version()),
                        alice.store().floor(),
                        false));

        assertThat(alice.sent().isEmpty()).isTrue();
        assertThat(alice.effects().commit().isEmpty()).isTrue();
    }

    @Test
    void digestsGoOutMoreOftenWhileSomethingHappens() {
        tickUntilItSpeaks(alice);
        int idle = alice.sent().only(Message.Digest.class).messages().size();
        for (int i = 0; i < 200; i++) {
            if (i % 10 == 0) {
                alice.ask(Proposal.of(PRINTER, "alice", List.of(new CreateTicket("Printer " + i))));
                alice.ask(Proposal.of(PRINTER, "alice", List.of(new SetTitle("Printer " + i))));
            }
            alice.tick(50);
        }

        int busy = alice.sent().only(Message.Digest.class).messages().size();
        assertThat(idle).isBetween(1, 4);
        assertThat(busy).isBetween(6, 16);
    }

    @Test
    void contentThatDiffersAtTheSameVersionIsReportedAndJoined() {
        alice.propose(PRINTER, new CreateTicket("Printer jams"));
        bob.receive(alice.sent());
        List<Long> other = new ArrayList<>();
        for (long sum : alice.store().buckets()) {
            other.add(sum + 1);
        }

        bob.receive(
                alice.origin(),
                new Message.ContentSums(VersionSummary.whole(alice.store().version()), other));

        assertThat(bob.effects().alarms()).hasSize(1);
        Set<Integer> buckets = new HashSet<>();
        bob.sent().messages().forEach(outgoing -> {
            if (outgoing.message() instanceof Message.SnapshotRequest request) {
                buckets.addAll(request.buckets());
            }
        });
        assertThat(buckets).hasSize(256);
    }

    @Test
    void waitingOperationsAreBounded() {
        EarlyOperations early = new EarlyOperations();
        Operation first = alice.propose(PRINTER, new CreateTicket("Printer jams"));
        manyOperations(alice, PRINTER, EarlyOperations.MAX + 10);
        alice.store().operations(alice.origin(), 2, EarlyOperations.MAX + 10).forEach(each -> early.add(each, 0));

        assertThat(early.size()).isEqualTo(EarlyOperations.MAX);
        assertThat(early.next(alice.origin(), first.seen())).isEmpty();
        early.add(first, 0);
        assertThat(early.size()).isEqualTo(EarlyOperations.MAX);
        assertThat(early.next(alice.origin(), first.seen())).contains(first);
        assertThat(early.next(alice.origin(), alice.store().version())).isEmpty();
        assertThat(early.size()).isZero();
        assertThat(early.origins()).isEmpty();
    }
}
