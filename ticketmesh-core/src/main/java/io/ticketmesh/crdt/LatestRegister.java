package io.ticketmesh.crdt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the latest write and forgets all others. For fields in which a lost concurrent value is no loss.
 *
 * @param written the latest write; null when never written
 */
public record LatestRegister<V>(@Nullable Written<V> written) implements Lattice<LatestRegister<V>> {
    private static final LatestRegister<?> EMPTY = new LatestRegister<>(null);

    /** A register never written. */
    @SuppressWarnings("unchecked") // holds no value of any type
    public static <V> LatestRegister<V> empty() {
        return (LatestRegister<V>) EMPTY;
    }

    public LatestRegister<V> write(V value, Stamp stamp) {
        return merge(new LatestRegister<>(new Written<>(value, stamp.trace())));
    }

    /** The value, or {@code fallback} when never written. */
    public V or(V fallback) {
        return written == null ? fallback : written.value();
    }

    public Optional<V> value() {
        return written == null ? Optional.empty() : Optional.of(written.value());
    }

    @Override
    public LatestRegister<V> merge(LatestRegister<V> other) {
        if (other.written == null) {
            return this;
        }
        if (written == null) {
            return other;
        }
        // A second write within one operation has the same trace; the later call is the newcomer and wins.
        return written.trace().compareTo(other.written.trace()) > 0 ? this : other;
    }
}
