package io.ticketmesh.causality;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * How much has been seen: for every origin the highest sequence up to which all its operations are held. Immutable.
 *
 * <p>Parker et al., Detection of Mutual Inconsistency in Distributed Systems (1983).
 */
public final class VersionVector {
    /** Has seen nothing. */
    public static final VersionVector EMPTY = new VersionVector(new TreeMap<>());

    private final SortedMap<Origin, Long> sequences;

    private VersionVector(SortedMap<Origin, Long> sequences) {
        this.sequences = sequences;
    }

    /** A vector of the given entries; entries of 0 are left out. */
    public static VersionVector of(Map<Origin, Long> entries) {
        TreeMap<Origin, Long> copy = new TreeMap<>();
        entries.forEach((origin, sequence) -> {
            if (sequence < 0) {
                throw new IllegalArgumentException("A sequence is not negative: " + sequence + " of " + origin);
            }
            if (sequence > 0) {
                copy.put(origin, sequence);
            }
        });
        return copy.isEmpty() ? EMPTY : new VersionVector(copy);
    }

    /** The highest sequence seen of {@code origin}; 0 when none. */
    public long get(Origin origin) {
        Long sequence = sequences.get(origin);
        return sequence == null ? 0 : sequence;
    }

    public boolean contains(OperationId operation) {
        return operation.sequence() <= get(operation.origin());
    }

    /** Whether everything that {@code other} has seen is seen here too. */
    public boolean dominates(VersionVector other) {
        for (Map.Entry<Origin, Long> entry : other.sequences.entrySet()) {
            if (get(entry.getKey()) < entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** This vector with {@code operation} and all before it in its origin seen too. */
    public VersionVector with(OperationId operation) {
        if (contains(operation)) {
            return this;
        }
        TreeMap<Origin, Long> copy = new TreeMap<>(sequences);
        copy.put(operation.origin(), operation.sequence());
        return new VersionVector(copy);
    }

    /** What either has seen: the entry-wise maximum. */
    public VersionVector merge(VersionVector other) {
        if (dominates(other)) {
            return this;
        }
        if (other.dominates(this)) {
            return other;
        }
        TreeMap<Origin, Long> copy = new TreeMap<>(sequences);
        other.sequences.forEach((origin, sequence) -> copy.merge(origin, sequence, Math::max));
        return new VersionVector(copy);
    }

    /** What both have seen: the entry-wise minimum. */
    public VersionVector intersect(VersionVector other) {
        TreeMap<Origin, Long> common = new TreeMap<>();
        sequences.forEach((origin, sequence) -> {
            long both = Math.min(sequence, other.get(origin));
            if (both > 0) {
                common.put(origin, both);
            }
        });
        return new VersionVector(common);
    }

    /** How many operations are seen here that {@code other} has not seen. */
    public long countBeyond(VersionVector other) {
        long count = 0;
        for (Map.Entry<Origin, Long> entry : sequences.entrySet()) {
            count += Math.max(0, entry.getValue() - other.get(entry.getKey()));
        }
        return count;
    }

    /** Calls {@code visitor} for every origin in order. */
    public void forEach(BiConsumer<Origin, Long> visitor) {
        sequences.forEach(visitor);
    }

    /** An unmodifiable view, sorted by origin. */
    public SortedMap<Origin, Long> entries() {
        return Collections.unmodifiableSortedMap(sequences);
    }

    /** The number of origins. */
    public int size() {
        return sequences.size();
    }

    public boolean isEmpty() {
        return sequences.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that && sequences.equals(that.sequences);
    }

    @Override
    public int hashCode() {
        return sequences.hashCode();
    }

    @Override
    public String toString() {
        return sequences.toString();
    }
}
