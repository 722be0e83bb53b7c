package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The servers that are known now. Immutable; all hints: a server that is listed may be gone, and one that is late may be well.
 *
 * @param instances one for each server: those that renew in time first, and within that by node
 * @param late those of them whose renewals are overdue
 * @param stale whether no registry answered when they were last asked: the list is the last one that was known. A list is also stale
 *     until the first registry has answered
 */
public record Listing(List<Instance> instances, Set<NodeId> late, boolean stale) {
    /** Nothing is known yet. */
    public static final Listing UNKNOWN = new Listing(List.of(), Set.of(), true);

    public Listing {
        instances = List.copyOf(instances);
        late = Set.copyOf(late);
    }

    static Listing of(Collection<Entry> entries, boolean stale) {
        Set<NodeId> late = new HashSet<>();
        entries.stream().filter(Entry::late).forEach(entry -> late.add(entry.node()));
        List<Instance> instances = entries.stream()
                .sorted(Comparator.comparing(Entry::late).thenComparing(Entry::node))
                .map(Entry::instance)
                .toList();
        return new Listing(instances, late, stale);
    }

    /** Those that answer HTTP, in the same order, draining ones after the others. */
    public List<Instance> servers() {
        return instances.stream()
                .filter(instance -> instance.http() != null)
                .sorted(Comparator.comparing(Instance::state))
                .toList();
    }

    public boolean isLate(Instance instance) {
        return late.contains(instance.node());
    }
}
