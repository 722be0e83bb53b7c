package io.ticketmesh.replica;

import io.ticketmesh.causality.HybridClock;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One copy of the tickets: a deterministic state machine that turns inputs into effects. It keeps no tickets itself, it reads
 * what the store holds; it performs nothing, it says what should be done. Equal inputs give equal effects.
 *
 * <p>Owned by one thread, which calls a door, performs the {@link Effects} in their order, and only then calls the next door.
 */
public final class Replica {
    /** How far ahead of the clock its persisted bound is set, so that not every commit must raise it: ten seconds. */
    private static final long CLOCK_BOUND_MILLIS = 10_000;

    /** After so long an operation waits for something that perhaps no log holds any more: two seconds. */
    private static final long STUCK_MILLIS = 2_000;

    private final ReplicaReader reader;
    private final Origin origin;
    private final Workflow workflow;
    private final Discipline discipline;
    private final OperationLimit limit;
    private final HybridClock clock;
    private final AntiEntropy antiEntropy;
    private final Membership membership;
    private final long helloMillis;
    private final EarlyOperations early = new EarlyOperations();
    private HybridTimestamp clockBound;
    private long nextHelloMillis;
    private long duplicates;
    private long droppedAsPurged;

    /** A replica that accepts operations of any size. */
    public Replica(
            ReplicaReader reader,
            Origin origin,
            WallClock wall,
            Workflow workflow,
            Schedule schedule,
            RandomGenerator random) {
        this(reader, origin, wall, workflow, schedule, random, OperationLimit.NONE, Introduction.NONE);
    }

    /**
     * @param reader the store as the effects of this replica leave it
     * @param origin a new one for every open of the store, see {@link Origin#next}
     * @param random chooses peers and spreads times; decides nothing about tickets
     * @param limit how large an accepted operation may be
     * @param introduction how this replica introduces itself to others
     */
    public Replica(
            ReplicaReader reader,
            Origin origin,
            WallClock wall,
            Workflow workflow,
            Schedule schedule,
            RandomGenerator random,
            OperationLimit limit,
            Introduction introduction) {
        this(reader, origin, wall, workflow, schedule, random, Discipline.SOUND, limit, introduction);
    }

    Replica(
            ReplicaReader reader,
            Origin origin,
            WallClock wall,
            Workflow workflow,
            Schedule schedule,
            RandomGenerator random,
            Discipline discipline) {
        this(reader, origin, wall, workflow, schedule, random, discipline, OperationLimit.NONE, Introduction.NONE);
    }

    private Replica(
            ReplicaReader reader,
            Origin origin,
            WallClock wall,
            Workflow workflow,
            Schedule schedule,
            RandomGenerator random,
            Discipline discipline,
            OperationLimit limit,
            Introduction introduction) {
        this.reader = reader;
        this.origin = origin;
        this.workflow = workflow;
        this.discipline = discipline;
        this.limit = limit;
        this.clock = new HybridClock(wall, reader.clockBound());
        this.clockBound = reader.clockBound();
        this.antiEntropy = new AntiEntropy(reader, origin, schedule, random, early::gaps);
        this.membership = new Membership(reader, origin, introduction, wall);
        this.helloMillis = schedule.directExchange().toMillis();
    }

    /** The first door: makes the new origin durable before anything is done in its name. */
    public Effects open() {
        Step step = new Step();
        step.staging.open(origin);
        return step.effects();
    }

    /** What users want. All that is accepted goes into one commit. */
    public Effects propose(List<Proposal> proposals) {
        Step step = new Step();
        Acceptance acceptance = new Acceptance(reader, step.staging, workflow, clock, discipline, limit);
        List<Operation> fresh = new ArrayList<>();
        boolean acknowledged = false;
        for (Proposal proposal : proposals) {
            OperationId id = acceptance.nextId(origin);
            Ticket before = step.staging.ticket(proposal.ticket());
            Outcome outcome = acceptance.accept(proposal, id);
            step.outcomes.add(outcome);
            if (outcome instanceof Outcome.Accepted accepted) {
                fresh.add(accepted.operation());
                acknowledged |= proposal.acknowledged();
                step.publish(accepted.operation(), before, false);
            }
        }
        if (!fresh.isEmpty()) {
            antiEntropy.noteActivity();
            antiEntropy.send(null, new Message.Hint(fresh, acknowledged));
            if (acknowledged) {
                antiEntropy.awaitAcknowledgements(
                        fresh.get(fresh.size() - 1).id().sequence());
            }
        }
        return step.effects();
    }

    /** Operations of whatever nodes, as by another replica that has them. */
    public Effects bring(List<Operation> operations) {
        Step step = new Step();
        applyAll(operations, step);
        return step.effects();
    }

    /** What another replica says. */
    public Effects receive(Origin from, Message message) {
        return receive(List.of(new Incoming(from, message)));
    }

    /** What other replicas say, in the order in which it came. All that it brings goes into one commit. */
    public Effects receive(List<Incoming> arrivals) {
        Step step = new Step();
        for (Incoming arrival : arrivals) {
            if (!arrival.from().equals(origin)) {
                receive(arrival.from(), arrival.message(), step);
            }
        }
        step.acknowledge();
        return step.effects();
    }

    private void receive(Origin from, Message message, Step step) {
        if (message instanceof Message.Hint hint) {
            applyAll(hint.operations(), step);
            antiEntropy.receivedHint(from, hint);
            if (hint.acknowledge()) {
                step.awaiting.add(from);
            }
        } else if (message instanceof Message.Operations answer) {
            boolean broughtNew = applyAll(answer.operations(), step);
            antiEntropy.receivedOperations(from, step.staging.version(), broughtNew);
        } else if (message instanceof Message.Ack ack) {
            antiEntropy.receiveAck(from, ack);
        } else if (message instanceof Message.Digest digest) {
            membership.compareOwn(digest.held().listed(), step.staging.version(), antiEntropy.nowMillis());
            antiEntropy.receiveDigest(from, digest, step.staging.version());
        } else if (message instanceof Message.Pull pull) {
            antiEntropy.receivePull(from, pull);
        } else if (message instanceof Message.SnapshotRequest request) {
            antiEntropy.receiveSnapshotRequest(from, request);
        } else if (message instanceof Message.SnapshotPart part) {
            adopt(from, part, step);
        } else if (message instanceof Message.ContentSums sums) {
            if (membership.understandsTheSame(from.node())) {
                antiEntropy.receiveContentSums(from, sums);
            }
        } else if (message instanceof Message.Hello hello) {
            membership.receiveHello(from, hello, antiEntropy.nowMillis());
            antiEntropy.peer(from);
        } else if (message instanceof Message.Bye) {
            antiEntropy.receiveBye(from);
        }
    }

    /**
     * Time passes.
     *
     * @param nowMillis monotonic milliseconds, from any beginning
     */
    public Effects tick(long nowMillis) {
        if (nowMillis >= nextHelloMillis) {
            nextHelloMillis = nowMillis + helloMillis;
            antiEntropy.send(null, membership.hello()); // before all else: it says how the rest is to be understood
            membership.forgetAllBut(antiEntropy.nodes());
        }
        antiEntropy.tick(nowMillis);
        early.stuckSince(reader.version(), nowMillis - STUCK_MILLIS).ifPresent(antiEntropy::askForTicketOf);
        Step step = new Step();
        membership.write(step.staging);
        return step.effects();
    }

    /** The group changed: says hello and compares at the next tick. */
    public void greet() {
        nextHelloMillis = 0;
        antiEntropy.hurry();
    }

    /** Takes a node out of the mesh until it is heard again, on all replicas: nobody waits for it any more. */
    public Effects retire(NodeId node) {
        Step step = new Step();
        membership.retire(node);
        membership.write(step.staging);
        antiEntropy.send(null, membership.helloAbout(node));
        return step.effects();
    }

    /** Which active members of the roster are known to hold all that {@code version} covers on disk, this one among them. */
    public Copies copies(VersionVector version, Acknowledgement wanted) {
        Set<NodeId> active = membership.active();
        Set<NodeId> holders = antiEntropy.holders(version);
        holders.retainAll(active);
        if (reader.version().dominates(version)) {
            holders.add(origin.node());
        }
        return new Copies(holders, active.size(), wanted);
    }

    /**
     * Which members are known to hold the operation on disk, and since when: the active ones of the roster, and whoever else is heard. A
     * node that runs twice from copies of one directory is listed once for each.
     */
    public List<Holding> holdings(OperationId operation) {
        List<Holding> holdings = new ArrayList<>(antiEntropy.holdings(operation));
        Set<NodeId> heard = new HashSet<>();
        holdings.forEach(holding -> heard.add(holding.node()));
        membership.active().stream()
                .filter(node -> !heard.contains(node))
                .forEach(node -> holdings.add(new Holding(node, false, null)));
        return holdings;
    }

    /** How the mesh is. */
    public MeshStatus mesh() {
        return new MeshSurvey(origin, reader.version(), membership, antiEntropy).status();
    }

    public Origin origin() {
        return origin;
    }

    /** What this replica counted since it was opened. */
    public ReplicaStatistics statistics() {
        return new ReplicaStatistics(
                duplicates, droppedAsPurged, early.size(), clock.leadsRefused(), clock.largestLeadMillis());
    }

    /** Whether any of them was applied, or waits now. */
    private boolean applyAll(List<Operation> operations, Step step) {
        boolean broughtNew = false;
        for (Operation operation : operations) {
            broughtNew |= applyOrKeep(operation, step);
        }
        applyWhatWaited(step);
        return broughtNew;
    }

    /** Until no origin's next one can be applied: each may be what another origin's waits for. */
    private void applyWhatWaited(Step step) {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Origin each : early.origins()) {
                while (applyNextOf(each, step)) {
                    progress = true;
                }
            }
        }
    }

    private boolean applyNextOf(Origin each, Step step) {
        return early.next(each, step.staging.version())
                .map(operation -> applyOrKeep(operation, step))
                .orElse(false);
    }

    private boolean applyOrKeep(Operation operation, Step step) {
        Ticket before = step.staging.ticket(operation.ticket());
        switch (discipline.judge(operation, step.staging)) {
            case APPLY -> {
                discipline.witness(clock, operation.time());
                step.staging.apply(operation);
                step.publish(operation, before, true);
                antiEntropy.noteActivity();
                antiEntropy.noteArrival(operation.id());
                return true;
            }
            case DUPLICATE -> {
                duplicates++;
                requireSameContent(operation);
            }
            case EARLY -> {
                return early.add(operation, antiEntropy.nowMillis());
            }
        }
        return false;
    }

    /** The same id with another content would be a broken disk or a second writer under our name: never overwritten, always told. */
    private void requireSameContent(Operation operation) {
        OperationId id = operation.id();
        if (id.sequence() > reader.floor().get(id.origin()) && reader.version().contains(id)) {
            reader.operations(id.origin(), id.sequence(), 1).stream()
                    .filter(held -> held.id().equals(id) && !held.equals(operation))
                    .forEach(held -> membership.alarm(
                            "Operation " + id + " came again with another content and was dropped",
                            "content of " + id.origin(),
                            antiEntropy.nowMillis()));
        }
    }

    private void adopt(Origin from, Message.SnapshotPart part, Step step) {
        if (!antiEntropy.expects(from, part)) {
            return;
        }
        Map<TicketId, Boolean> wanted = new HashMap<>(); // of a ticket in pieces all or none
        for (TicketState state : part.states()) {
            boolean brings = wanted.computeIfAbsent(state.id(), id -> discipline.brings(state, step.staging));
            if (brings || !part.buckets().isEmpty()) {
                step.staging.apply(new LogEntry.Adopted(state));
                step.publish(new TicketEvent.Adopted(step.staging.ticket(state.id())));
            }
            if (state instanceof TicketState.Living living) {
                discipline.witness(clock, living.ticket().newest());
            }
        }
        if (part.buckets().isEmpty() && discipline.completes(part)) {
            step.staging.apply(new LogEntry.Caught(part.version()));
        }
        antiEntropy.receivedPart(from, part);
        applyWhatWaited(step);
    }

    /** One door's work: what it stages and says. */
    private final class Step {
        private final Staging staging = new Staging(reader, discipline::apply);
        private final List<TicketEvent> events = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<Alarm> alarms = new ArrayList<>();
        private final Set<Origin> awaiting = new LinkedHashSet<>();

        /** Tells who waits for it what will be on disk when this step's effects are performed. */
        private void acknowledge() {
            awaiting.forEach(author -> antiEntropy.send(
                    author, new Message.Ack(author, staging.version().get(author))));
        }

        private void publish(Operation operation, Ticket before, boolean remote) {
            if (operation.purges()) {
                publish(new TicketEvent.Purged(operation, remote));
            } else if (staging.tombstone(operation.ticket()).isEmpty()) {
                publish(new TicketEvent.Changed(operation, before, staging.ticket(operation.ticket()), remote));
            }
        }

        private void publish(TicketEvent event) {
            if (!Book.isBook(event.ticketId())) {
                events.add(event);
            }
        }

        private Effects effects() {
            if (clock.last().compareTo(clockBound) > 0) {
                clockBound = clock.bound(CLOCK_BOUND_MILLIS);
                staging.boundClock(clockBound);
            }
            droppedAsPurged += staging.droppedAsPurged();
            alarms.addAll(antiEntropy.takeAlarms());
            alarms.addAll(membership.takeAlarms());
            return new Effects(staging.commit(), antiEntropy.takeOutbox(), events, outcomes, alarms);
        }
    }
}
