package io.ticketmesh.crdt;

import io.ticketmesh.causality.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds all writes that nobody has overwritten knowingly. The highest trace wins; the others are the losers of a conflict and stay
 * readable until a write that has seen them. A "multi-value register" with a deterministic winner.
 *
 * @param writes by falling trace, the winner first; empty when never written
 */
public record ConflictRegister<V>(List<Written<V>> writes) implements DotStore<ConflictRegister<V>> {
    private static final ConflictRegister<?> EMPTY = new ConflictRegister<>(List.of());

    public ConflictRegister {
        writes = List.copyOf(writes);
    }

    /** A register never written. */
    @SuppressWarnings("unchecked") // holds no value of any type
    public static <V> ConflictRegister<V> empty() {
        return (ConflictRegister<V>) EMPTY;
    }

    /** Overwrites what the author of {@code stamp} had seen, and stands beside the rest. */
    public ConflictRegister<V> write(V value, Stamp stamp) {
        List<Written<V>> kept = new ArrayList<>();
        kept.add(new Written<>(value, stamp.trace()));
        for (Written<V> write : writes) {
            if (!stamp.hasSeen(write.trace())) {
                kept.add(write);
            }
        }
        return sorted(kept);
    }

    /** Forgets what the author of {@code stamp} had seen, and writes nothing. */
    public ConflictRegister<V> clear(Stamp stamp) {
        List<Written<V>> kept = new ArrayList<>(writes);
        kept.removeIf(write -> stamp.hasSeen(write.trace()));
        return sorted(kept);
    }

    public Optional<Written<V>> winner() {
        return writes.isEmpty() ? Optional.empty() : Optional.of(writes.get(0));
    }

    /** The winning value, or {@code fallback} when never written. */
    public V or(V fallback) {
        return writes.isEmpty() ? fallback : writes.get(0).value();
    }

    /** The writes that lost and differ from the winner: equal values are no conflict. */
    public List<Written<V>> losers() {
        if (writes.size() < 2) {
            return List.of();
        }
        V winner = writes.get(0).value();
        return writes.stream().filter(write -> !write.value().equals(winner)).toList();
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    @Override
    public ConflictRegister<V> join(ConflictRegister<V> other, VersionVector seenHere, VersionVector seenThere) {
        if (equals(other)) {
            return this;
        }
        List<Written<V>> kept = new ArrayList<>();
        for (Written<V> write : writes) {
            if (other.holds(write.trace()) || !seenThere.contains(write.trace().operation())) {
                kept.add(write);
            }
        }
        for (Written<V> write : other.writes) {
            if (!holds(write.trace()) && !seenHere.contains(write.trace().operation())) {
                kept.add(write);
            }
        }
        return sorted(kept);
    }

    private boolean holds(Trace trace) {
        for (Written<V> write : writes) {
            if (write.trace().operation().equals(trace.operation())) {
                return true;
            }
        }
        return false;
    }

    private static <V> ConflictRegister<V> sorted(List<Written<V>> writes) {
        if (writes.isEmpty()) {
            return empty();
        }
        if (writes.size() > 1) {
            writes.sort((one, two) -> two.trace().compareTo(one.trace()));
        }
        return new ConflictRegister<>(writes);
    }
}
