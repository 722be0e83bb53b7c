package io.ticketmesh.crdt;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The highest value that was ever written for each key, whenever that was: for what only goes on. Keys never go away. Of two that wrote
 * the same value the earlier one is remembered.
 */
public record HighestMap<K extends Comparable<K>, V extends Comparable<V>>(SortedMap<K, Written<V>> entries)
        implements Lattice<HighestMap<K, V>> {
    private static final HighestMap<?, ?> EMPTY = new HighestMap<String, String>(new TreeMap<>());

    public HighestMap {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no key or value of any type
    public static <K extends Comparable<K>, V extends Comparable<V>> HighestMap<K, V> empty() {
        return (HighestMap<K, V>) EMPTY;
    }

    public HighestMap<K, V> write(K key, V value, Stamp stamp) {
        TreeMap<K, Written<V>> copy = new TreeMap<>(entries);
        copy.merge(key, new Written<>(value, stamp.trace()), HighestMap::higher);
        return new HighestMap<>(copy);
    }

    public Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key)).map(Written::value);
    }

    /** Whether writing that value would raise the one of the key. */
    public boolean isBelow(K key, V value) {
        Written<V> written = entries.get(key);
        return written == null || written.value().compareTo(value) < 0;
    }

    @Override
    public HighestMap<K, V> merge(HighestMap<K, V> other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<K, Written<V>> merged = new TreeMap<>(entries);
        other.entries.forEach((key, written) -> merged.merge(key, written, HighestMap::higher));
        return new HighestMap<>(merged);
    }

    private static <V extends Comparable<V>> Written<V> higher(Written<V> one, Written<V> two) {
        int byValue = one.value().compareTo(two.value());
        if (byValue != 0) {
            return byValue > 0 ? one : two;
        }
        return one.trace().compareTo(two.trace()) <= 0 ? one : two;
    }
}
