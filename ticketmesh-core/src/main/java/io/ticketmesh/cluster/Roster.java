package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are known to belong to the mesh, whether they can be reached now or not. Replicas merge their rosters; what was
 * heard later counts. Immutable.
 */
public final class Roster {
    /** A node that nobody has heard for so long is retired: nobody waits for it any more. 14 days. */
    public static final long RETIRED_AFTER_MILLIS = 14L * 24 * 60 * 60 * 1000;

    /** The most members; further ones are left out. */
    public static final int MAX_MEMBERS = 1_000;

    public static final Roster EMPTY = new Roster(new TreeMap<>());

    private final SortedMap<NodeId, Member> members;

    private Roster(SortedMap<NodeId, Member> members) {
        this.members = members;
    }

    public static Roster of(Collection<Member> members) {
        SortedMap<NodeId, Member> all = new TreeMap<>();
        for (Member member : members) {
            Member known = all.get(member.node());
            if (known != null || all.size() < MAX_MEMBERS) {
                all.put(member.node(), known == null ? member : known.merge(member));
            }
        }
        return new Roster(all);
    }

    /** All members by node, retired ones too. */
    public Collection<Member> members() {
        return Collections.unmodifiableCollection(members.values());
    }

    public Optional<Member> find(NodeId node) {
        return Optional.ofNullable(members.get(node));
    }

    /** The same with what {@code member} tells besides what is known already; without it when there are too many. */
    public Roster with(Member member) {
        Member known = members.get(member.node());
        Member merged = known == null ? member : known.merge(member);
        if (merged.equals(known) || known == null && members.size() >= MAX_MEMBERS) {
            return this;
        }
        SortedMap<NodeId, Member> more = new TreeMap<>(members);
        more.put(member.node(), merged);
        return new Roster(more);
    }

    /** The same with what another replica knows; times after {@code nowMillis} count as now, since clocks may be wrong. */
    public Roster merge(Roster other, long nowMillis) {
        Roster merged = this;
        for (Member member : other.members.values()) {
            merged = merged.with(member.notAfter(nowMillis));
        }
        return merged;
    }

    /** The same with a node taken out of the mesh, until it is heard again; unchanged when it is unknown. */
    public Roster retire(NodeId node, long nowMillis) {
        Member known = members.get(node);
        return known == null
                ? this
                : with(new Member(
                        node,
                        known.name(),
                        known.wire(),
                        known.heardAtMillis(),
                        Math.max(nowMillis, known.heardAtMillis())));
    }

    /** The nodes that count: heard within fourteen days, and not taken out since. */
    public SortedSet<NodeId> active(long nowMillis) {
        SortedSet<NodeId> active = new TreeSet<>();
        for (Member member : members.values()) {
            if (member.isActive(nowMillis)) {
                active.add(member.node());
            }
        }
        return active;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Roster roster && members.equals(roster.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.values().toString();
    }
}
