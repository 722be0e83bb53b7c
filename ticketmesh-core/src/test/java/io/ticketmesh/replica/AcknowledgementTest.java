package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcknowledgementTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");
    private final TestPeer carol = TestPeer.named("carol");

    @BeforeEach
    void theyMeet() {
        TestPeer.talk(11_000, alice, bob, carol);
    }

    private Operation create() {
        Proposal proposal = Proposal.of(PRINTER, "alice", List.of(new CreateTicket("Printer")));
        return ((Outcome.Accepted) alice.ask(proposal.acknowledgedByOthers())).operation();
    }

    @Test
    void whoHasItOnDiskSaysSoAtOnce() {
        Operation created = create();
        assertThat(alice.holders(created)).containsExactly(alice.node());

        TestPeer.deliver(alice, bob, carol);

        assertThat(alice.holders(created)).containsExactlyInAnyOrder(alice.node(), bob.node(), carol.node());
    }

    @Test
    void itIsKnownSinceWhenOthersHoldIt() {
        Operation created = create();
        assertThat(alice.holdings(created))
                .extracting(Holding::node, Holding::holds)
                .containsExactlyInAnyOrder(
                        tuple(alice.node(), true), tuple(bob.node(), false), tuple(carol.node(), false));

        alice.tick(300);
        TestPeer.deliver(alice, bob, carol);
        alice.tick(700);

        assertThat(alice.holdings(created))
                .as("the first of a node that was known to hold nothing is not told apart from what it brought")
                .contains(new Holding(bob.node(), true, null), new Holding(carol.node(), true, null));
        Operation second = ((Outcome.Accepted)
                        alice.ask(Proposal.of(PRINTER, "alice", List.of(new SetTitle("Printer jams")))
                                .acknowledgedByOthers()))
                .operation();
        TestPeer.deliver(alice, bob, carol);
        alice.tick(50);
        bob.tick(80);
        assertThat(alice.holdings(second))
                .contains(new Holding(bob.node(), true, 50L), new Holding(carol.node(), true, 50L));
        assertThat(bob.holdings(second)).contains(new Holding(bob.node(), true, 80L));
    }

    @Test
    void whoIsSilentIsNotForgottenAmongThoseWhoShouldHoldIt() {
        Operation created = create();
        alice.receive(bob.origin(), new Message.Bye());

        assertThat(alice.holdings(created)).contains(new Holding(bob.node(), false, null));
    }

    @Test
    void nobodyIsAskedWhenNobodyWaits() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        bob.receive(alice.sent());

        assertThat(bob.sent().only(Message.Ack.class).isEmpty()).isTrue();
    }

    @Test
    void anAcknowledgementFollowsTheCommitItSpeaksOf() {
        create();
        bob.receive(alice.sent());

        assertThat(bob.effects().commit().isEmpty()).isFalse();
        assertThat(bob.effects().messages())
                .anySatisfy(outgoing -> assertThat(outgoing.message()).isEqualTo(new Message.Ack(alice.origin(), 1)));
    }

    @Test
    void whatWaitsForSomethingBeforeItIsNotAcknowledged() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.sent(); // lost
        Proposal proposal = Proposal.of(PRINTER, "alice", List.of(new SetTitle("Printer jams")));
        Operation second = ((Outcome.Accepted) alice.ask(proposal.acknowledgedByOthers())).operation();
        bob.receive(alice.sent());
        alice.receive(bob.sent());

        assertThat(alice.holders(second)).containsExactly(alice.node());
    }

    @Test
    void whoMissedTheHintIsAskedAgainAndToldWhatThereIs() {
        Operation created = create();
        alice.sent(); // lost

        TestPeer.talk(600, alice, bob);

        assertThat(alice.holders(created)).containsExactlyInAnyOrder(alice.node(), bob.node());
    }

    @Test
    void whoseAcknowledgementCrossesTheNextHintIsToldNothing() {
        Proposal proposal = Proposal.of(PRINTER, "alice", List.of(new RecordOccurrences(1)));
        create();
        TestPeer.talk(200, alice, bob);
        alice.ask(proposal.acknowledgedByOthers());
        for (int i = 0; i < 20; i++) {
            TestPeer.Sent before = alice.sent();
            assertThat(before.where(outgoing -> bob.origin().equals(outgoing.to()))
                            .isEmpty())
                    .isTrue();
            alice.ask(proposal.acknowledgedByOthers());
            bob.receive(before);
            alice.receive(bob.sent().only(Message.Ack.class));
            alice.tick(20);
        }
    }

    @Test
    void aLostAcknowledgementIsAskedForAgain() {
        Operation created = create();
        bob.receive(alice.sent());
        bob.sent(); // lost

        TestPeer.talk(600, alice, bob);

        assertThat(alice.holders(created)).contains(bob.node());
    }

    @Test
    void aRetiredMemberCountsNeitherAsHolderNorAsMember() {
        Operation created = create();
        TestPeer.deliver(alice, bob, carol);
        alice.tick(10);
        alice.retire(carol.node());

        Copies copies = new Copies(alice.holders(created), alice.active().size(), Acknowledgement.ALL);
        assertThat(copies.holders()).containsExactlyInAnyOrder(alice.node(), bob.node());
        assertThat(copies.reached()).isTrue();
    }

    @Test
    void levelsCountCopies() {
        assertThat(Acknowledgement.LOCAL.copies(5)).isEqualTo(1);
        assertThat(Acknowledgement.ONE.copies(5)).isEqualTo(2);
        assertThat(Acknowledgement.MAJORITY.copies(5)).isEqualTo(3);
        assertThat(Acknowledgement.MAJORITY.copies(4)).isEqualTo(3);
        assertThat(Acknowledgement.ALL.copies(5)).isEqualTo(5);
        assertThat(Acknowledgement.ONE.copies(1)).as("there is nobody else").isEqualTo(2);
        assertThat(new Copies(Set.of(alice.node()), 1, Acknowledgement.ONE).reached())
                .isFalse();
        assertThat(new Copies(Set.of(alice.node()), 1, Acknowledgement.MAJORITY).reached())
                .isTrue();
    }
}
