package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
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

    /** A node that nobody has heard for so long is forgotten. 28 days. */
    public static final long FORGOTTEN_AFTER_MILLIS = 2 * RETIRED_AFTER_MILLIS;

    /** The most members; of more, those that were heard last stay. */
    public static final int MAX_MEMBERS = 1_000;

    public static final Roster EMPTY = new Roster(new TreeMap<>());

    private final SortedMap<NodeId, Member> members;

    private Roster(SortedMap<NodeId, Member> members) {
        this.members = members;
    }

    public static Roster of(Collection<Member> members) {
        return of(new TreeMap<>(), members);
    }

    private static Roster of(NavigableMap<NodeId, Member> all, Collection<Member> more) {
        for (Member member : more) {
            all.merge(member.node(), member, Member::merge);
        }
        if (all.size() > MAX_MEMBERS) {
            all.values().stream()
                    .sorted(Comparator.comparingLong(Member::heardAtMillis).thenComparing(Member::node))
                    .limit(all.size() - MAX_MEMBERS)
                    .map(Member::node)
                    .toList()
                    .forEach(node -> all.remove(node));
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

    /** The same with what {@code member} tells besides what is known already. */
    public Roster with(Member member) {
        Member known = members.get(member.node());
        return known != null && known.merge(member).equals(known) ? this : of(new TreeMap<>(members), List.of(member));
    }

    /**
     * The same with what another replica knows. Clocks may be wrong: what a clock ahead has noted is set back by that, what is still
     * after {@code nowMillis} counts as now, and who was forgotten here is not learned again.
     *
     * @param leadMillis by how much the other's clock is ahead of the one here; 0 when it is not
     */
    public Roster merge(Roster other, long leadMillis, long nowMillis) {
        List<Member> told = other.members.values().stream()
                .map(member -> member.setBack(leadMillis).notAfter(nowMillis))
                .filter(member -> !member.isForgotten(nowMillis))
                .toList();
        return of(new TreeMap<>(members), told);
    }

    /** As it stands with a clock that says {@code nowMillis}: nobody was heard later than now, and who is long gone is forgotten. */
    public Roster at(long nowMillis) {
        return of(members.values().stream()
                .map(member -> member.notAfter(nowMillis))
                .filter(member -> !member.isForgotten(nowMillis))
                .toList());
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
