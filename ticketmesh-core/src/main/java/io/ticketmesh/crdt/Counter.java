package io.ticketmesh.crdt;

import io.ticketmesh.causality.Origin;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A count that every origin raises in a place of its own: places merge by maximum, the value is their sum. Only grows. */
public record Counter(SortedMap<Origin, Long> places) implements Lattice<Counter> {
    public static final Counter ZERO = new Counter(new TreeMap<>());

    public Counter {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
    }

    /** This counter with {@code amount} more, counted by the origin of {@code stamp}. */
    public Counter add(long amount, Stamp stamp) {
        TreeMap<Origin, Long> copy = new TreeMap<>(places);
        copy.merge(stamp.trace().operation().origin(), amount, Counter::saturatingSum);
        return new Counter(copy);
    }

    /** The sum of all places, at most {@link Long#MAX_VALUE}. */
    public long value() {
        long sum = 0;
        for (long place : places.values()) {
            sum = saturatingSum(sum, place);
        }
        return sum;
    }

    @Override
    public Counter merge(Counter other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<Origin, Long> merged = new TreeMap<>(places);
        other.places.forEach((origin, count) -> merged.merge(origin, count, Math::max));
        return new Counter(merged);
    }

    private static long saturatingSum(long one, long two) {
        long sum = one + two;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
