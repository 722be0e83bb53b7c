package io.ticketmesh.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.Movement;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetTitle;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private static final TicketId PRINTER = TestPeer.ticketId(1);
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int GREETING_MILLIS = 11_000;

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");
    private final TestPeer carol = TestPeer.named("carol");

    private static void meet(TestPeer... peers) {
        TestPeer.talk(GREETING_MILLIS, peers);
    }

    @Test
    void whoSaysHelloBelongs() {
        meet(alice, bob);

        assertThat(alice.active()).containsExactlyInAnyOrder(alice.node(), bob.node());
        assertThat(bob.active()).isEqualTo(alice.active());
    }

    @Test
    void whoIsKnownToOneIsSoonKnownToAll() {
        meet(alice, bob);
        meet(bob, carol);

        assertThat(carol.active()).contains(alice.node());
    }

    @Test
    void theRosterSurvivesARestart() {
        meet(alice, bob);

        alice.restart();

        assertThat(alice.active()).containsExactlyInAnyOrder(alice.node(), bob.node());
    }

    @Test
    void aNodeThatIsSilentForFourteenDaysIsRetiredAndBackWhenItIsHeard() {
        meet(alice, bob);
        alice.moveClock(13 * DAY_MILLIS);
        assertThat(alice.active()).contains(bob.node());

        alice.moveClock(DAY_MILLIS);
        assertThat(alice.active()).containsExactly(alice.node());

        bob.moveClock(14 * DAY_MILLIS);
        meet(alice, bob);
        assertThat(alice.active()).contains(bob.node());
    }

    @Test
    void whoOneOfTheOthersStillHearsIsNotRetired() {
        meet(alice, bob, carol);
        for (TestPeer peer : new TestPeer[] {alice, bob, carol}) {
            peer.moveClock(14 * DAY_MILLIS);
        }
        meet(bob, carol);
        meet(alice, bob);

        assertThat(alice.active()).contains(carol.node());
    }

    @Test
    void aClockTenYearsAheadRetiresNobodyElsewhere() {
        meet(alice, bob, carol);
        alice.moveClock(3_650 * DAY_MILLIS);
        meet(alice, bob, carol);

        assertThat(bob.active()).contains(carol.node(), alice.node());

        bob.moveClock(15 * DAY_MILLIS); // nobody is heard from now on
        assertThat(bob.active()).containsExactly(bob.node());
    }

    @Test
    void aNodeTakenOutByHandIsOutEverywhereUntilItIsHeardAgain() {
        meet(alice, bob, carol);
        alice.tick(1_000);
        alice.retire(bob.node());
        TestPeer.deliver(alice, carol);

        assertThat(alice.active()).containsExactlyInAnyOrder(alice.node(), carol.node());
        assertThat(carol.active()).isEqualTo(alice.active());

        alice.restart();
        assertThat(alice.active()).doesNotContain(bob.node());

        bob.tick(60_000);
        alice.tick(60_000);
        meet(alice, bob);
        assertThat(alice.active()).contains(bob.node());
    }

    @Test
    void retiringANodeThatNobodyKnowsDoesNothing() {
        alice.retire(new NodeId(4, 4));

        assertThat(alice.active()).containsExactly(alice.node());
    }

    @Test
    void theRosterIsWrittenDownRarely() {
        meet(alice, bob);
        Roster written = alice.store().roster();

        meet(alice, bob);

        assertThat(alice.store().roster()).isEqualTo(written);
    }

    @Test
    void aClockThatIsWrongIsReportedOnceAnHour() {
        bob.moveClock(-Duration.ofHours(1).toMillis());
        meet(alice, bob);
        meet(alice, bob);

        assertThat(alice.alarms())
                .singleElement()
                .asString()
                .contains("clock", bob.node().shortName(), "3600 s", "behind");
        assertThat(bob.alarms()).singleElement().asString().contains("ahead of");
        assertThat(peerOf(alice, bob).driftMillis()).isEqualTo(-3_600_000L);
    }

    @Test
    void twoReplicasFromOneDirectoryAreReported() {
        meet(alice, bob);
        TestPeer copy = alice.cloned("copy");
        meet(alice, copy, bob);
        meet(alice, copy, bob);

        assertThat(alice.alarms()).anySatisfy(text -> assertThat(text).contains("copy of this directory"));
        assertThat(copy.alarms()).anySatisfy(text -> assertThat(text).contains("copy of this directory"));
        assertThat(bob.active()).containsExactlyInAnyOrder(alice.node(), bob.node());
    }

    @Test
    void aDirectoryThatWasPutBackIsReported() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        MemoryStore image = alice.store().copy();
        alice.propose(PRINTER, new SetTitle("Printer jams"));
        TestPeer.talk(3_000, alice, bob);
        alice.restartOn(image);

        meet(alice, bob);

        assertThat(alice.alarms()).singleElement().asString().contains("older copy");
        assertThat(alice.title(PRINTER)).isEqualTo("Printer jams");
    }

    @Test
    void anOrdinaryRestartIsNoAlarm() {
        alice.propose(PRINTER, new CreateTicket("Printer"));
        meet(alice, bob);
        alice.restart();
        meet(alice, bob);
        meet(alice, bob);

        assertThat(alice.alarms()).isEmpty();
        assertThat(bob.alarms()).isEmpty();
    }

    @Test
    void aCatchUpThatIsOverBeforeTheNextTickIsOneToo() {
        meet(alice, bob);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.sent(); // lost
        alice.tick(2_000);
        bob.tick(2_000);
        bob.sent();

        bob.receive(alice.sent().only(Message.Digest.class));
        TestPeer.deliver(alice, bob); // no time passes
        bob.tick(5);

        assertThat(bob.mesh().catchingUp()).isFalse();
        assertThat(bob.mesh().lastCatchUp()).isEqualTo(new CatchUp(5, 0));
    }

    @Test
    void theStatusTellsHowFarOthersAreBehind() {
        meet(alice, bob);
        alice.propose(PRINTER, new CreateTicket("Printer"));
        alice.propose(PRINTER, new SetTitle("Printer jams"));

        assertThat(peerOf(alice, bob).behind()).isEqualTo(2);
        assertThat(alice.mesh().catchingUp()).isFalse();

        bob.receive(alice.sent().only(Message.Digest.class));
        alice.tick(2_000);
        bob.receive(alice.sent().only(Message.Digest.class));
        assertThat(peerOf(bob, alice).ahead()).isEqualTo(2);
        assertThat(bob.mesh().catchingUp()).isTrue();
        assertThat(bob.mesh().lastCatchUp()).isNull();

        bob.tick(20);
        bob.tick(300);
        TestPeer.talk(10_000, alice, bob);
        assertThat(peerOf(alice, bob).behind()).isZero();
        assertThat(bob.mesh().catchingUp()).isFalse();
        CatchUp last = Objects.requireNonNull(bob.mesh().lastCatchUp());
        assertThat(last.tookMillis()).isBetween(300L, 2_000L);
        assertThat(last.tookMillis() + last.endedMillisAgo()).isBetween(10_000L, 11_000L);
        assertThat(alice.mesh().lastCatchUp()).as("she was never behind").isNull();
    }

    @Test
    void itIsRememberedWhoCameAndWent() {
        meet(alice, bob, carol);
        carol.receive(bob.sent());
        alice.receive(bob.origin(), new Message.Bye());
        TestPeer.talk(20_000, alice);
        meet(alice, bob);

        assertThat(alice.mesh().movements())
                .extracting(Movement::node, Movement::kind)
                .containsExactlyInAnyOrder(
                        tuple(bob.node(), Movement.Kind.JOINED),
                        tuple(carol.node(), Movement.Kind.JOINED),
                        tuple(bob.node(), Movement.Kind.LEFT),
                        tuple(carol.node(), Movement.Kind.LOST),
                        tuple(bob.node(), Movement.Kind.RETURNED));
        assertThat(alice.mesh().movements())
                .isSortedAccordingTo(
                        Comparator.comparingLong(Movement::millisAgo).reversed());
        assertThat(alice.mesh().movements())
                .filteredOn(movement -> movement.kind() == Movement.Kind.LOST)
                .singleElement()
                .satisfies(lost -> assertThat(lost.millisAgo())
                        .as("fifteen seconds after she was last heard, at most five before the others went on")
                        .isBetween(GREETING_MILLIS + 5_000L, GREETING_MILLIS + 10_000L));
    }

    @Test
    void onlyTheLastMovementsAreRemembered() {
        meet(alice, bob);
        for (int times = 0; times < Movements.MOST; times++) {
            alice.receive(bob.origin(), new Message.Bye());
            meet(alice, bob);
        }

        assertThat(alice.mesh().movements())
                .hasSize(Movements.MOST)
                .last()
                .extracting(Movement::kind)
                .isEqualTo(Movement.Kind.RETURNED);
    }

    @Test
    void whoStopsIsSaidToBeSilentAtOnceButStillBelongs() {
        meet(alice, bob);
        alice.receive(bob.origin(), new Message.Bye());

        assertThat(alice.mesh().members())
                .filteredOn(status -> status.member().node().equals(bob.node()))
                .singleElement()
                .satisfies(status -> assertThat(status.origin()).isNull());
        assertThat(alice.active()).contains(bob.node());
    }

    @Test
    void theDeadAreNotKeptAliveByAClockAhead() {
        alice.moveClock(Duration.ofMinutes(10).toMillis());
        meet(alice, bob, carol);
        bob.tick(1_000);
        bob.retire(carol.node());

        meet(alice, bob);

        assertThat(bob.active()).doesNotContain(carol.node());
    }

    @Test
    void aHelloTellsOfAFewMembersAndTheNextOfTheNext() {
        int many = 300;
        for (int i = 0; i < many; i++) {
            NodeId node = new NodeId(100 + i, i);
            Member member = new Member(node, "pod", 0, alice.wallMillis(), 0);
            alice.receive(new Origin(node, 1), new Message.Hello(member, Roster.EMPTY, alice.wallMillis()));
        }
        for (int i = 0; i < 10; i++) {
            tickOnce(alice);
            TestPeer.Sent hellos = alice.sent().only(Message.Hello.class);
            assertThat(hellos.messages())
                    .allSatisfy(each -> assertThat(
                                    ((Message.Hello) each.message()).roster().members())
                            .hasSizeLessThanOrEqualTo(64));
            bob.receive(hellos);
        }

        assertThat(bob.active()).hasSize(many + 2);
    }

    private static void tickOnce(TestPeer peer) {
        peer.tick(GREETING_MILLIS);
    }

    @Test
    void aFullRosterKeepsTheLiving() {
        Roster roster = Roster.EMPTY;
        for (int i = 0; i < Roster.MAX_MEMBERS + 50; i++) {
            roster = roster.with(new Member(new NodeId(1, i), "", 0, 1_000 + i, 0));
        }

        assertThat(roster.members()).hasSize(Roster.MAX_MEMBERS);
        assertThat(roster.find(new NodeId(1, Roster.MAX_MEMBERS + 49))).isPresent();
        assertThat(roster.find(new NodeId(1, 49))).isEmpty();
    }

    @Test
    void whoIsSilentForFourWeeksIsForgotten() {
        meet(alice, bob, carol);
        alice.moveClock(29 * DAY_MILLIS);
        bob.moveClock(29 * DAY_MILLIS);
        TestPeer.talk(61_000, alice, bob);

        assertThat(alice.mesh().members())
                .extracting(status -> status.member().node())
                .containsExactlyInAnyOrder(alice.node(), bob.node());
    }

    private static MemberStatus peerOf(TestPeer here, TestPeer other) {
        return here.mesh().members().stream()
                .filter(status -> other.origin().equals(status.origin()))
                .findFirst()
                .orElseThrow();
    }
}
