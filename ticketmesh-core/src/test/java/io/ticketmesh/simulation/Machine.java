package io.ticketmesh.simulation;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.ReplicaReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A computer with a disk and a clock, on which a replica runs or not. Performs the replica's effects as a node does. */
final class Machine {
    /** What a crash that is ordered destroys. */
    enum Crash {
        /** The commit and all that follows. */
        BEFORE_COMMIT,
        /** The messages, and the answer to who asked. */
        AFTER_COMMIT
    }

    private static final int TICK_MILLIS = 40;

    /** What a node that stands still finds in its mailbox: the rest is dropped. */
    private static final int MAILBOX = 2_048;

    private final String name;
    private final World world;
    private NodeId node;
    private final SimulatedClock clock;
    private final List<Incoming> mailbox = new ArrayList<>();
    private MemoryStore disk;
    private @Nullable MemoryStore olderImage;
    private @Nullable Replica replica;
    private @Nullable Crash ordered;
    private int ticking;
    private boolean paused;
    private final List<String> alarms = new ArrayList<>();

    Machine(String name, World world, NodeId node, MemoryStore disk) {
        this.name = name;
        this.world = world;
        this.node = node;
        this.disk = disk;
        this.clock = new SimulatedClock(world.time());
    }

    String name() {
        return name;
    }

    NodeId node() {
        return node;
    }

    SimulatedClock clock() {
        return clock;
    }

    MemoryStore disk() {
        return disk;
    }

    boolean isUp() {
        return replica != null;
    }

    boolean runsAs(Origin origin) {
        return replica != null && replica.origin().equals(origin);
    }

    Optional<ReplicaStatistics> statistics() {
        return Optional.ofNullable(replica).map(Replica::statistics);
    }

    /** The run of the replica; empty when it does not run. */
    Optional<Origin> origin() {
        return Optional.ofNullable(replica).map(Replica::origin);
    }

    /** How the mesh is, as the replica sees it; empty when it does not run. */
    Optional<MeshStatus> mesh() {
        return Optional.ofNullable(replica).map(Replica::mesh);
    }

    /** Who is known to hold an operation; nobody when the replica does not run. */
    Set<NodeId> holders(OperationId operation) {
        VersionVector made = VersionVector.EMPTY.with(operation);
        return replica == null
                ? Set.of()
                : replica.copies(made, Acknowledgement.ALL).holders();
    }

    /** The nodes that count for acknowledgements; none when the replica does not run. */
    Set<NodeId> active() {
        return replica == null ? Set.of() : replica.mesh().activeNodes();
    }

    /** Takes a node out of the mesh. */
    void retire(NodeId member) {
        if (replica != null) {
            perform(replica.retire(member));
        }
    }

    /** Starts the replica with a new incarnation, unless it runs. */
    void start() {
        if (replica != null) {
            return;
        }
        Origin origin = Origin.next(
                node, disk.incarnation(), clock.millis(), world.random().nextLong());
        ReplicaReader reader = world.pageSize() == 0 ? disk : SmallPages.of(disk, world.pageSize());
        replica = world.factory()
                .open(
                        reader,
                        origin,
                        clock,
                        world.workflow(),
                        world.schedule(),
                        new SplittableRandom(origin.incarnation()));
        String run = world.nameOf(origin);
        world.note(() -> name + " starts as " + run);
        perform(replica.open());
        int round = ++ticking;
        world.time().after(1 + world.random().nextInt(TICK_MILLIS), () -> tick(round));
    }

    /** Loses power now. */
    void stop() {
        if (replica != null) {
            world.note(() -> name + " stops");
        }
        replica = null;
        ordered = null;
        mailbox.clear();
    }

    /** Stands still until it is resumed, and does not notice: messages wait, nobody is answered. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        if (replica != null) {
            empty(ticking);
        }
    }

    /** Loses power and its disk; starts again as a new node. */
    void loseDisk() {
        stop();
        NodeId lost = node;
        node = world.newNode();
        disk = new MemoryStore(node);
        world.checks().forEach(check -> check.lostDisk(lost));
    }

    /** What a person would have read in the log. */
    List<String> alarms() {
        return alarms;
    }

    /** Loses power while the next commit is made. */
    void crashAtNextCommit(Crash crash) {
        ordered = crash;
    }

    /** Keeps a copy of the disk as it is now. */
    void keepImage() {
        olderImage = disk.copy();
    }

    /** Goes back to the copy of the disk, if one was kept. */
    void restoreImage() {
        if (olderImage != null) {
            stop();
            MemoryStore lost = disk;
            disk = olderImage.copy();
            world.note(() -> name + " is restored from an older image");
            world.checks().forEach(check -> check.restored(this, lost));
        }
    }

    /** What becomes of the proposals; empty when the machine is down or fails meanwhile. */
    List<Outcome> propose(List<Proposal> proposals) {
        if (replica == null || paused) {
            return List.of();
        }
        Effects effects = replica.propose(proposals);
        world.checks().forEach(check -> check.proposed(this, proposals, effects));
        return perform(effects) ? effects.outcomes() : List.of();
    }

    void receive(Origin from, Message message) {
        if (replica == null) {
            return;
        }
        if (mailbox.size() < MAILBOX) {
            mailbox.add(new Incoming(from, message));
        }
        if (paused) {
            return;
        }
        if (world.batchMillis() == 0) {
            empty(ticking);
        } else if (mailbox.size() == 1) {
            int round = ticking;
            world.time().after(world.batchMillis(), () -> empty(round));
        }
    }

    /** Hands over all that waits, as a node does. */
    private void empty(int round) {
        if (replica != null && round == ticking && !paused && !mailbox.isEmpty()) {
            List<Incoming> arrivals = List.copyOf(mailbox);
            mailbox.clear();
            perform(replica.receive(arrivals));
        }
    }

    private void tick(int round) {
        if (replica != null && round == ticking) {
            if (!paused) {
                perform(replica.tick(world.time().nowMillis()));
                world.checks().forEach(check -> check.ticked(this));
            }
            world.time().after(TICK_MILLIS, () -> tick(round));
        }
    }

    private boolean perform(Effects effects) {
        Replica speaking = Objects.requireNonNull(replica);
        if (world.speaksBeforeItCommits()) {
            send(speaking, effects);
        }
        boolean commits = !effects.commit().isEmpty();
        if (commits && ordered == Crash.BEFORE_COMMIT) {
            world.note(() -> name + " crashes before its commit");
            stop();
            return false;
        }
        if (commits) {
            world.checks().forEach(check -> check.beforeCommit(this, effects.commit()));
            disk.commit(effects.commit());
            world.checks().forEach(check -> check.afterCommit(this, effects.commit()));
        }
        if (commits && ordered == Crash.AFTER_COMMIT) {
            world.note(() -> name + " crashes after its commit");
            stop();
            return false;
        }
        if (!world.speaksBeforeItCommits()) {
            send(speaking, effects);
        }
        effects.alarms().forEach(alarm -> alarms.add(alarm.text()));
        effects.alarms().forEach(alarm -> world.note(() -> name + " raises an alarm: " + alarm.text()));
        return true;
    }

    private void send(Replica speaking, Effects effects) {
        effects.messages().forEach(outgoing -> {
            world.checks().forEach(check -> check.sent(this, outgoing));
            world.network().send(this, speaking.origin(), outgoing);
        });
    }

    /** What {@code work} gives, for the transcript. */
    void note(Supplier<String> work) {
        world.note(() -> name + " " + work.get());
    }
}
