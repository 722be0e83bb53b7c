package io.ticketmesh.replica;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.store.Staging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keeps the roster: learns from hellos who belongs to the mesh, writes down what must survive a restart, and notices what must not
 * be: two replicas from copies of one directory, and clocks that disagree.
 *
 * <p>Owned by the replica.
 */
final class Membership {
    /** How much later a member must have been heard for that to be written down again: one hour. */
    static final long WRITTEN_EVERY_MILLIS = 3_600_000;

    /** From which difference of clocks on people are told: one minute. */
    static final long DRIFT_MILLIS = 60_000;

    /** A replica of this node's name that is heard again after so long is no late message of our own former run: two seconds. */
    private static final long TWIN_MILLIS = 2_000;

    private static final long ALARMED_EVERY_MILLIS = 3_600_000;

    /** The most other members that one hello tells of, so that it stays small; the next tells of the next ones. */
    private static final int TOLD = 64;

    private final ReplicaReader reader;
    private final Origin self;
    private final Introduction introduction;
    private final WallClock wall;
    private final Map<Origin, Long> twins = new HashMap<>();
    private final Map<NodeId, Long> drifts = new HashMap<>();
    private final Map<String, Long> alarmedAt = new HashMap<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private Roster roster;

    /** Whether the roster changed since it was last looked through for what must be written. */
    private boolean changed;

    private boolean copied;
    private int toldUpTo;

    Membership(ReplicaReader reader, Origin self, Introduction introduction, WallClock wall) {
        this.reader = reader;
        this.self = self;
        this.introduction = introduction;
        this.wall = wall;
        this.roster = reader.roster().at(wallMillis());
        noteSelf();
    }

    /** What this replica says of itself and of others. */
    Message.Hello hello() {
        learn(roster.at(wallMillis()));
        Member me = noteSelf();
        List<Member> all = new ArrayList<>(roster.members());
        if (all.size() > TOLD) {
            Collections.rotate(all, -toldUpTo);
            toldUpTo = (toldUpTo + TOLD) % all.size();
            all = all.subList(0, TOLD);
        }
        return new Message.Hello(me, Roster.of(all), wall.millis());
    }

    /** Says of one member alone what is known of it. */
    Message.Hello helloAbout(NodeId node) {
        return new Message.Hello(
                noteSelf(), Roster.of(roster.find(node).stream().toList()), wall.millis());
    }

    /** What the wall clock shows; a clock before 1970 stands still. */
    private long wallMillis() {
        return Math.max(0, wall.millis());
    }

    private Member noteSelf() {
        Member me = new Member(self.node(), introduction.name(), introduction.wire(), wallMillis(), 0);
        learn(roster.with(me));
        return me;
    }

    /** @param nowMillis monotonic */
    void receiveHello(Origin from, Message.Hello hello, long nowMillis) {
        if (from.node().equals(self.node())) {
            noteTwin(from, nowMillis);
            return;
        }
        long now = wallMillis();
        Member said = hello.self();
        long lead = Math.max(0, hello.wallMillis() - now);
        Member member = new Member(from.node(), said.name(), said.wire(), now, 0);
        learn(roster.merge(hello.roster(), lead, now).with(member));
        long drift = hello.wallMillis() - wall.millis();
        drifts.put(from.node(), drift);
        if (Math.abs(drift) > DRIFT_MILLIS) {
            alarm(
                    "The clock of node " + nameOf(from.node()) + " is "
                            + Duration.ofMillis(Math.abs(drift)).toSeconds() + " s "
                            + (drift > 0 ? "ahead of" : "behind")
                            + " the one here. Later edits still win where one was made after seeing the other; set the clocks",
                    "drift of " + from.node(),
                    nowMillis);
        }
    }

    private void noteTwin(Origin twin, long nowMillis) {
        Long firstHeard = twins.putIfAbsent(twin, nowMillis);
        if (firstHeard != null && nowMillis - firstHeard > TWIN_MILLIS) {
            alarm(
                    "Another node runs from a copy of this directory, as " + twin + " while this one is " + self
                            + ". Nothing is lost or doubled, but the two count as one node: give one of them a new directory",
                    "twin " + twin,
                    nowMillis);
        }
    }

    /** Notices when others hold operations of this very node that it has no record of. */
    void compareOwn(VersionVector theirs, VersionVector mine, long nowMillis) {
        if (copied) {
            return;
        }
        theirs.forEach((origin, sequence) -> {
            if (origin.node().equals(self.node()) && mine.get(origin) < sequence) {
                copied = true;
            }
        });
        if (copied) {
            alarm(
                    "Others hold operations of this node, " + self.node().shortName()
                            + ", that it has no record of: its directory was put back from an older copy, or a copy of it runs"
                            + " elsewhere. What is missing is fetched from the others",
                    "own operations",
                    nowMillis);
        }
    }

    /** Takes a node out of the mesh until it is heard again. */
    void retire(NodeId node) {
        learn(roster.retire(node, wallMillis()));
    }

    /** Stages what must survive a restart and is not written down yet. */
    void write(Staging staging) {
        if (!changed) {
            return;
        }
        changed = false;
        Roster written = reader.roster();
        for (Member member : roster.members()) {
            Member before = written.find(member.node()).orElse(null);
            if (before == null
                    || !before.name().equals(member.name())
                    || before.wire() != member.wire()
                    || before.retiredAtMillis() != member.retiredAtMillis()
                    || member.heardAtMillis() - before.heardAtMillis() > WRITTEN_EVERY_MILLIS) {
                staging.enroll(member);
            }
        }
    }

    private void learn(Roster newer) {
        roster = newer;
        changed = true;
    }

    Roster roster() {
        return roster;
    }

    /** The nodes whose copies count now; this one is always among them. */
    SortedSet<NodeId> active() {
        SortedSet<NodeId> active = new TreeSet<>(roster.active(wallMillis()));
        active.add(self.node());
        return active;
    }

    /** Whether a node understands the same changes, so that equal versions mean equal content; so is a node that is unknown. */
    boolean understandsTheSame(NodeId node) {
        return roster.find(node).map(Member::wire).orElse(introduction.wire()) == introduction.wire();
    }

    /** By how much a node's clock was ahead of this one's when it last said hello. */
    Optional<Long> driftMillis(NodeId node) {
        return Optional.ofNullable(drifts.get(node));
    }

    List<Alarm> takeAlarms() {
        List<Alarm> taken = List.copyOf(alarms);
        alarms.clear();
        return taken;
    }

    /** Forgets what it noted of nodes that are heard no more. */
    void forgetAllBut(Set<NodeId> heard) {
        drifts.keySet().retainAll(heard);
    }

    private String nameOf(NodeId node) {
        String name = roster.find(node).map(Member::name).orElse("");
        return name.isEmpty() ? node.shortName() : node.shortName() + " (" + name + ")";
    }

    /** Tells people, unless they were told of the same matter within the hour. */
    void alarm(String text, String matter, long nowMillis) {
        Long before = alarmedAt.get(matter);
        if (before == null || nowMillis - before >= ALARMED_EVERY_MILLIS) {
            if (alarmedAt.size() > Roster.MAX_MEMBERS) {
                alarmedAt.clear();
            }
            alarmedAt.put(matter, nowMillis);
            alarms.add(new Alarm(text));
        }
    }
}
