package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.webhook.Addressee.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who tells a receiver what, and when, with time moved by hand. */
class RouteTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final TicketId MOUSE = TestPeer.ticketId(2);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");
    private final TestPeer carol = TestPeer.named("carol");

    private static List<OperationId> ids(List<Operation> operations) {
        return operations.stream().map(Operation::id).toList();
    }

    @Test
    void everyNodeTellsItsOwnAndNothingIsToldTwice() {
        Offices offices = new Offices(alice, bob, carol);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        offices.pass(2_000);
        bob.propose(PRINTER, new SetTitle("Printer on fire"));
        offices.pass(2_000);
        carol.propose(PRINTER, new AddTag("fire"));
        offices.pass(10 * MINUTE);

        assertThat(offices.taken()).isEqualTo(ids(Offices.events(bob)));
        assertThat(offices.told()).extracting(Told::by).containsExactly(alice.node(), bob.node(), carol.node());
    }

    @Test
    void whatIsWrittenAboutDeliveriesIsNoReasonToWriteMore() {
        Offices offices = new Offices(alice, bob);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        offices.pass(5_000);
        long notes = Offices.notes(bob);
        offices.pass(HOUR, 1_000);

        assertThat(notes).isEqualTo(2); // one for the log, one for progress
        assertThat(Offices.notes(bob)).isEqualTo(notes);
    }

    /** What is written about deliveries stands still by nature: another node must not take that for its turn. */
    @Test
    void whatComesAfterAMinuteOfQuietIsToldOnceToo() {
        Offices offices = new Offices(alice, bob, carol);
        offices.take(() -> 2_000);
        for (int event = 0; event < 20; event++) {
            alice.propose(TestPeer.ticketId(event), new CreateTicket("Printer"));
            offices.pass(56_000 + event * 1_000, 500);
        }

        assertThat(offices.taken()).isEqualTo(ids(Offices.events(bob)));
        assertThat(offices.told()).extracting(Told::by).containsOnly(alice.node());
    }

    @Test
    void anEffectWaitsForItsCauseOnAnotherNode() {
        Offices offices = new Offices(alice, bob);
        offices.take(() -> 3_000);
        Operation cause = alice.propose(PRINTER, new CreateTicket("Printer"));
        offices.pass(500);
        Operation effect = bob.propose(PRINTER, new SetTitle("Printer on fire"));
        Operation other = bob.propose(MOUSE, new CreateTicket("Mouse"));
        offices.pass(20_000);

        assertThat(offices.taken()).containsExactly(cause.id(), other.id(), effect.id());
    }

    @Test
    void oneTicketsEventsAreNeverUnderWayTogether() {
        Offices offices = new Offices(alice);
        offices.take(() -> 1_000);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        for (int tag = 0; tag < 5; tag++) {
            alice.propose(PRINTER, new AddTag("tag" + tag));
        }
        offices.pass(20_000);

        assertThat(offices.taken()).isEqualTo(ids(Offices.events(alice)));
        List<Long> times = offices.told().stream().map(Told::atMillis).toList();
        for (int event = 1; event < times.size(); event++) {
            assertThat(times.get(event) - times.get(event - 1)).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void whenTheOriginIsKilledBeforeItToldOneOfTheOthersDoes() {
        Offices offices = new Offices(alice, bob, carol);
        offices.pass(6_000); // they know each other
        alice.propose(PRINTER, new CreateTicket("Printer"));
        TestPeer.deliver(alice, bob, carol);
        offices.kill(alice);
        offices.pass(15_000);
        assertThat(offices.told()).isEmpty();
        offices.pass(30_000);

        assertThat(offices.taken()).isEqualTo(ids(Offices.events(bob)));
        assertThat(offices.told().get(0).by()).isNotEqualTo(alice.node());
        offices.start(alice);
        offices.pass(10 * MINUTE);
        assertThat(offices.told()).hasSize(1);
    }

    @Test
    void whatWasToBeTriedAgainIsTakenOverToo() {
        Offices offices = new Offices(alice, bob);
        offices.pass(6_000);
        offices.answer(id -> 500);
        Operation printer = alice.propose(PRINTER, new CreateTicket("Printer"));
        offices.pass(3_000);
        offices.kill(alice);
        offices.answer(id -> 204);
        offices.pass(10 * MINUTE);

        assertThat(offices.told()).extracting(Told::by).containsExactly(alice.node(), bob.node());
        assertThat(offices.told())
                .extracting(Told::id)
                .containsOnly(Delivery.idOf(printer.id().toString()));
        offices.start(alice);
        offices.pass(HOUR, 1_000);
        assertThat(offices.told()).hasSize(2);
    }

    @Test
    void oneFailureHoldsUpNobodyElse() {
        Offices offices = new Offices(alice);
        Operation poison = alice.propose(PRINTER, new CreateTicket("Poison"));
        Operation fine = alice.propose(MOUSE, new CreateTicket("Mouse"));
        offices.answer(id -> id.equals(Delivery.idOf(poison.id().toString())) ? 500 : 204);
        offices.pass(2 * 24 * HOUR, 10_000);

        assertThat(offices.taken()).containsExactly(fine.id());
        assertThat(offices.told())
                .filteredOn(told -> told.operation().equals(poison.id()))
                .hasSize(8);
        Operation after = alice.propose(MOUSE, new AddTag("after"));
        offices.pass(5_000);
        assertThat(offices.taken()).containsExactly(fine.id(), after.id());
    }

    @Test
    void aReceiverThatIsDownIsAskedNowAndThenAndToldAllWhenItIsBack() {
        Offices offices = new Offices(alice, bob);
        offices.answer(id -> 503);
        for (int number = 10; number < 210; number++) {
            alice.propose(TestPeer.ticketId(number), new CreateTicket("Ticket " + number));
        }
        offices.pass(HOUR, 1_000);
        int asked = offices.told().size();
        offices.answer(id -> 204);
        offices.pass(20 * MINUTE, 1_000);

        assertThat(asked).isBetween(10, 150);
        assertThat(offices.taken()).hasSize(200).containsExactlyInAnyOrderElementsOf(ids(Offices.events(bob)));
    }

    @Test
    void whatIsPurgedMeanwhileIsNotToldAnyMore() {
        Offices offices = new Offices(alice);
        offices.answer(id -> 500);
        alice.propose(PRINTER, new CreateTicket("A name that must go"));
        offices.pass(2_000);
        offices.answer(id -> 204);
        Operation purge = alice.propose(PRINTER, new PurgeTicket());
        offices.pass(HOUR, 1_000);

        assertThat(offices.taken()).containsExactly(purge.id());
    }

    @Test
    void whatWasUnderWayAtAKillIsToldAgainUnderTheSameId() {
        Offices offices = new Offices(alice);
        offices.take(() -> 5_000);
        Operation printer = alice.propose(PRINTER, new CreateTicket("Printer"));
        offices.pass(1_000);
        offices.kill(alice);
        offices.pass(1_000);
        offices.start(alice);
        offices.pass(10_000);

        assertThat(offices.taken()).containsExactly(printer.id());
    }
}
