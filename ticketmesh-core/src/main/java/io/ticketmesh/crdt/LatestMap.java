package io.ticketmesh.crdt;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A register for each key, in which the latest write wins. Keys never go away; an absent value is a value of its own. */
public record LatestMap<K extends Comparable<K>, V>(SortedMap<K, LatestRegister<V>> registers)
        implements Lattice<LatestMap<K, V>> {
    private static final LatestMap<?, ?> EMPTY = new LatestMap<String, Object>(new TreeMap<>());

    public LatestMap {
        registers = Collections.unmodifiableSortedMap(new TreeMap<>(registers));
    }

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no key or value of any type
    public static <K extends Comparable<K>, V> LatestMap<K, V> empty() {
        return (LatestMap<K, V>) EMPTY;
    }

    public LatestMap<K, V> write(K key, V value, Stamp stamp) {
        TreeMap<K, LatestRegister<V>> copy = new TreeMap<>(registers);
        copy.put(key, get(key).write(value, stamp));
        return new LatestMap<>(copy);
    }

    public LatestRegister<V> get(K key) {
        LatestRegister<V> register = registers.get(key);
        return register == null ? LatestRegister.empty() : register;
    }

    @Override
    public LatestMap<K, V> merge(LatestMap<K, V> other) {
        if (equals(other)) {
            return this;
        }
        TreeMap<K, LatestRegister<V>> merged = new TreeMap<>(registers);
        other.registers.forEach((key, register) -> merged.merge(key, register, LatestRegister::merge));
        return new LatestMap<>(merged);
    }
}
