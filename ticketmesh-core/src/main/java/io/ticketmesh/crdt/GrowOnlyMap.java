package io.ticketmesh.crdt;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys that are never removed, with values that are never changed. When two replicas gave one key two values, the smaller one
 * stays, so that all agree.
 */
public record GrowOnlyMap<K extends Comparable<K>, V extends Comparable<V>>(SortedMap<K, V> entries)
        implements Lattice<GrowOnlyMap<K, V>> {
    private static final GrowOnlyMap<?, ?> EMPTY = new GrowOnlyMap<String, String>(new TreeMap<>());

    public GrowOnlyMap {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no key or value of any type
    public static <K extends Comparable<K>, V extends Comparable<V>> GrowOnlyMap<K, V> empty() {
        return (GrowOnlyMap<K, V>) EMPTY;
    }

    public GrowOnlyMap<K, V> put(K key, V value) {
        TreeMap<K, V> copy = new TreeMap<>(entries);
        copy.merge(key, value, GrowOnlyMap::smaller);
        return new GrowOnlyMap<>(copy);
    }

    public Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key));
    }

    public int size() {
        return entries.size();
    }

    @Override
    public GrowOnlyMap<K, V> merge(GrowOnlyMap<K, V> other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<K, V> merged = new TreeMap<>(entries);
        other.entries.forEach((key, value) -> merged.merge(key, value, GrowOnlyMap::smaller));
        return new GrowOnlyMap<>(merged);
    }

    private static <V extends Comparable<V>> V smaller(V one, V two) {
        return one.compareTo(two) <= 0 ? one : two;
    }
}
