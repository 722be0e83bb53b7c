package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.TestPeer;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetTitle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes that are cut off and killed while people write and the receiver fails; one of them never comes back. In the end all that anybody
 * holds is told, each event under one id with one text.
 */
class RouteFaultsTest {
    private static final long HOUR = 3_600_000;

    private final TestPeer alice = TestPeer.named("alice");
    private final TestPeer bob = TestPeer.named("bob");
    private final TestPeer carol = TestPeer.named("carol");
    private final List<TestPeer> peers = List.of(alice, bob, carol);
    private final Offices offices = new Offices(alice, bob, carol);

    private void write(TestPeer peer, Random random, int round) {
        int number = random.nextInt(6);
        Change change = switch (random.nextInt(3)) {
            case 0 -> new SetTitle("Title " + round);
            case 1 -> new AddTag("tag" + random.nextInt(40));
            default ->
                new AddComment(
                        CommentId.timeOrdered(TestPeer.BEGINNING_MILLIS, round, random.nextLong()),
                        random.nextBoolean() ? CommentKind.PUBLIC : CommentKind.INTERNAL,
                        "Text " + round);
        };
        Change first = peer.ticket(TestPeer.ticketId(number)).isBorn() ? change : new CreateTicket("Ticket " + number);
        peer.ask(Proposal.of(TestPeer.ticketId(number), "somebody", List.of(first)));
    }

    private void strike(Random random) {
        TestPeer victim = peers.get(random.nextInt(3));
        switch (random.nextInt(6)) {
            case 0 -> offices.connect((from, to) -> from != victim && to != victim);
            case 1 -> offices.connect((from, to) -> from != victim);
            case 2, 3 -> offices.connect((from, to) -> true);
            case 4 -> {
                if (!offices.isDown(victim)) {
                    offices.kill(victim);
                }
            }
            default -> {
                if (offices.isDown(victim)) {
                    offices.start(victim);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void nothingIsLostAndEachEventHasOneIdAndOneText(long seed) {
        Random random = new Random(seed);
        int failing = random.nextInt(60);
        offices.answer(id -> random.nextInt(100) < failing ? 503 : 204);
        offices.take(() -> 100 + random.nextInt(2_000));
        for (int round = 0; round < 120; round++) {
            TestPeer writer = peers.get(random.nextInt(3));
            if (!offices.isDown(writer)) {
                write(writer, random, round);
            }
            if (random.nextInt(8) == 0) {
                strike(random);
            }
            offices.pass(random.nextInt(3_000));
        }
        TestPeer lost = peers.get(random.nextInt(3));
        offices.connect((from, to) -> true);
        peers.stream().filter(offices::isDown).forEach(offices::start);
        offices.pass(20_000);
        offices.kill(lost);
        offices.answer(id -> 204);
        offices.pass(26 * HOUR, 10_000);

        TestPeer left = peers.get((peers.indexOf(lost) + 1) % 3);
        Set<OperationId> expected = new HashSet<>();
        for (Operation event : Offices.events(left)) {
            boolean internal = event.changes().stream()
                    .allMatch(change -> change instanceof AddComment added && added.kind() == CommentKind.INTERNAL);
            if (!internal) {
                expected.add(event.id());
            }
        }
        assertThat(new HashSet<>(offices.taken())).as("seed " + seed).isEqualTo(expected);
        Map<OperationId, Set<String>> ids = new HashMap<>();
        offices.told()
                .forEach(told -> ids.computeIfAbsent(told.operation(), fresh -> new HashSet<>())
                        .add(told.id()));
        assertThat(ids.values()).allMatch(all -> all.size() == 1);
        assertThat(offices.taken().size())
                .as("told more than once is the exception")
                .isLessThan(3 * expected.size());
    }

    /** As long as nothing fails, whoever is told of an effect was told of its cause. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTicketsEventsComeInTheOrderOfCauses(long seed) {
        Random random = new Random(seed);
        offices.take(() -> 100 + random.nextInt(900));
        for (int round = 0; round < 150; round++) {
            write(peers.get(random.nextInt(3)), random, round);
            offices.pass(random.nextInt(800));
        }
        offices.pass(300_000);

        Map<OperationId, Operation> events = new HashMap<>();
        Offices.events(alice).forEach(event -> events.put(event.id(), event));
        Set<OperationId> before = new HashSet<>();
        for (OperationId taken : offices.taken()) {
            Operation event = events.get(taken);
            for (Operation cause : events.values()) {
                boolean told = before.contains(cause.id()) || !offices.taken().contains(cause.id());
                if (cause.ticket().equals(event.ticket()) && event.seen().contains(cause.id())) {
                    assertThat(told).as(cause.id() + " comes before " + taken).isTrue();
                }
            }
            assertThat(before.add(taken)).as("told once").isTrue();
        }
        assertThat(before).hasSizeGreaterThan(80);
    }
}
