package io.ticketmesh.replica;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A replica for stories: it has a name, a store in memory, a clock that is moved by hand, and an outbox that the story carries to
 * others.
 */
public final class TestPeer {
    /** 2026-01-01T00:00Z: what a new peer's clock shows. */
    public static final long BEGINNING_MILLIS = 1_767_225_600_000L;

    private final String name;
    private final List<Outgoing> outbox = new ArrayList<>();
    private final List<String> alarms = new ArrayList<>();
    private MemoryStore store;
    private Replica replica;
    private Effects last;
    private long wallMillis = BEGINNING_MILLIS;
    private long nowMillis;

    /** Messages on their way. */
    public record Sent(Origin from, List<Outgoing> messages) {
        public Sent {
            messages = List.copyOf(messages);
        }

        /** Those of one kind. */
        public Sent only(Class<? extends Message> kind) {
            return where(outgoing -> kind.isInstance(outgoing.message()));
        }

        public Sent where(Predicate<Outgoing> wanted) {
            return new Sent(from, messages.stream().filter(wanted).toList());
        }

        public boolean isEmpty() {
            return messages.isEmpty();
        }
    }

    private TestPeer(String name, MemoryStore store) {
        this.name = name;
        this.store = store;
        this.replica = open();
        this.last = replica.open();
        perform(last);
    }

    /** A new peer; peers of different names are different nodes. */
    public static TestPeer named(String name) {
        return keeping(name, Integer.MAX_VALUE);
    }

    /** A new peer that keeps only so many of each origin's operations, so that others need its snapshot. */
    public static TestPeer keeping(String name, int operations) {
        return new TestPeer(name, new MemoryStore(new NodeId(name.hashCode(), 1), operations));
    }

    /** A peer that starts from a copy of this one's store, under the same node id. */
    public TestPeer cloned(String name) {
        return new TestPeer(name, store.copy());
    }

    private Replica open() {
        Origin origin = Origin.next(store.node(), store.incarnation(), wallMillis, name.hashCode());
        return new Replica(
                store, origin, () -> wallMillis, Workflow.standard(), Schedule.STANDARD, new SplittableRandom(1));
    }

    /** Stops the replica and starts it on the same store, under a new incarnation. */
    public void restart() {
        restartOn(store);
    }

    /** Stops the replica and starts it on another store, such as an older image. */
    public void restartOn(MemoryStore image) {
        outbox.clear();
        store = image;
        replica = open();
        perform(replica.open());
    }

    /** The operation that the changes became; fails when they were not accepted. */
    public Operation propose(TicketId ticket, Change... changes) {
        Outcome outcome = ask(Proposal.of(ticket, name, List.of(changes)));
        if (outcome instanceof Outcome.Accepted accepted) {
            return accepted.operation();
        }
        throw new AssertionError(name + " did not accept: " + outcome);
    }

    public Outcome ask(Proposal proposal) {
        return ask(List.of(proposal)).get(0);
    }

    /** The outcomes of proposals that are made at once. */
    public List<Outcome> ask(List<Proposal> proposals) {
        return perform(replica.propose(proposals)).outcomes();
    }

    public void receive(Sent sent) {
        for (Outgoing outgoing : sent.messages()) {
            if (outgoing.to() == null || outgoing.to().equals(replica.origin())) {
                receive(sent.from(), outgoing.message());
            }
        }
    }

    public void receive(Origin from, Message message) {
        perform(replica.receive(from, message));
    }

    /** What came at once. */
    public void receive(List<Incoming> arrivals) {
        perform(replica.receive(arrivals));
    }

    /** Lets time pass, on its clock too, and does what is due then. */
    public void tick(long millis) {
        nowMillis += millis;
        wallMillis += millis;
        perform(replica.tick(nowMillis));
    }

    /** Moves the clock on the wall alone. */
    public void moveClock(long millis) {
        wallMillis += millis;
    }

    private Effects perform(Effects effects) {
        store.commit(effects.commit());
        outbox.addAll(effects.messages());
        effects.alarms().forEach(alarm -> alarms.add(alarm.text()));
        last = effects;
        return effects;
    }

    /** Takes what waits in the outbox. */
    public Sent sent() {
        Sent sent = new Sent(replica.origin(), outbox);
        outbox.clear();
        return sent;
    }

    /** The effects of the last thing that this peer did. */
    public Effects effects() {
        return last;
    }

    public Origin origin() {
        return replica.origin();
    }

    /** How the mesh is, as this peer sees it. */
    public MeshStatus mesh() {
        return replica.mesh();
    }

    /** The names of the nodes that count for acknowledgements. */
    public Set<NodeId> active() {
        return replica.mesh().activeNodes();
    }

    public Set<NodeId> holders(Operation operation) {
        return replica.copies(VersionVector.EMPTY.with(operation.id()), Acknowledgement.ALL)
                .holders();
    }

    /** Who is known to hold the operation, and since when. */
    public List<Holding> holdings(Operation operation) {
        return replica.holdings(operation.id());
    }

    /** Takes a node out of the mesh. */
    public void retire(NodeId member) {
        perform(replica.retire(member));
    }

    public NodeId node() {
        return store.node();
    }

    /** All alarms so far. */
    public List<String> alarms() {
        return List.copyOf(alarms);
    }

    public ReplicaStatistics statistics() {
        return replica.statistics();
    }

    public MemoryStore store() {
        return store;
    }

    /** The ticket here; unborn when unknown. */
    public Ticket ticket(TicketId id) {
        return store.ticket(id).orElseGet(() -> Ticket.unborn(id));
    }

    public String title(TicketId id) {
        return ticket(id).title().or("");
    }

    public long wallMillis() {
        return wallMillis;
    }

    /** Carries messages between the peers, and lets time pass, until all hold the same or {@code millis} have passed. */
    public static void talk(long millis, TestPeer... peers) {
        for (long passed = 0; passed < millis; passed += 50) {
            for (TestPeer peer : peers) {
                peer.tick(50);
            }
            deliver(peers);
        }
    }

    /** Carries messages between the peers until nobody has anything to say. */
    public static void deliver(TestPeer... peers) {
        boolean moved = true;
        for (int round = 0; moved; round++) {
            if (round > 10_000) {
                throw new AssertionError("They never stop talking");
            }
            moved = false;
            for (TestPeer from : peers) {
                Sent sent = from.sent();
                moved |= !sent.isEmpty();
                for (TestPeer to : peers) {
                    if (to != from) {
                        to.receive(sent);
                    }
                }
            }
        }
    }

    /** A ticket id for stories; the same number gives the same one. */
    public static TicketId ticketId(int number) {
        return TicketId.timeOrdered(BEGINNING_MILLIS, number, number);
    }

    @Override
    public String toString() {
        return name + " " + Map.of("version", store.version(), "ahead", store.ahead());
    }
}
