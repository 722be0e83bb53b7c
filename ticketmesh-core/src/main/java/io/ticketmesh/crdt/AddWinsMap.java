package io.ticketmesh.crdt;

import io.ticketmesh.causality.VersionVector;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys with a value each, of which a concurrent addition and removal leaves the addition. A removal takes away only what its
 * author had seen. An "observed-remove" map; used as a set where the key is a normal form and the value its spelling.
 *
 * @param entries by key; no register is empty
 */
public record AddWinsMap<K extends Comparable<K>, V>(SortedMap<K, ConflictRegister<V>> entries)
        implements DotStore<AddWinsMap<K, V>> {
    private static final AddWinsMap<?, ?> EMPTY = new AddWinsMap<String, Object>(new TreeMap<>());

    public AddWinsMap {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /** A map without keys. */
    @SuppressWarnings("unchecked") // holds no key or value of any type
    public static <K extends Comparable<K>, V> AddWinsMap<K, V> empty() {
        return (AddWinsMap<K, V>) EMPTY;
    }

    public AddWinsMap<K, V> put(K key, V value, Stamp stamp) {
        return with(key, entries.getOrDefault(key, ConflictRegister.empty()).write(value, stamp));
    }

    public AddWinsMap<K, V> remove(K key, Stamp stamp) {
        ConflictRegister<V> register = entries.get(key);
        return register == null ? this : with(key, register.clear(stamp));
    }

    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    /** The value of {@code key}: of concurrent additions the winner's. */
    public Optional<V> get(K key) {
        ConflictRegister<V> register = entries.get(key);
        return register == null ? Optional.empty() : register.winner().map(Written::value);
    }

    public int size() {
        return entries.size();
    }

    @Override
    public AddWinsMap<K, V> join(AddWinsMap<K, V> other, VersionVector seenHere, VersionVector seenThere) {
        if (equals(other)) {
            return this;
        }
        TreeMap<K, ConflictRegister<V>> joined = new TreeMap<>();
        for (Map.Entry<K, ConflictRegister<V>> entry : entries.entrySet()) {
            ConflictRegister<V> theirs = other.entries.getOrDefault(entry.getKey(), ConflictRegister.empty());
            joined.put(entry.getKey(), entry.getValue().join(theirs, seenHere, seenThere));
        }
        for (Map.Entry<K, ConflictRegister<V>> entry : other.entries.entrySet()) {
            if (!joined.containsKey(entry.getKey())) {
                ConflictRegister<V> mine = ConflictRegister.empty();
                joined.put(entry.getKey(), mine.join(entry.getValue(), seenHere, seenThere));
            }
        }
        joined.values().removeIf(ConflictRegister::isEmpty);
        return joined.isEmpty() ? empty() : new AddWinsMap<>(joined);
    }

    private AddWinsMap<K, V> with(K key, ConflictRegister<V> register) {
        TreeMap<K, ConflictRegister<V>> copy = new TreeMap<>(entries);
        if (register.isEmpty()) {
            copy.remove(key);
        } else {
            copy.put(key, register);
        }
        return copy.isEmpty() ? empty() : new AddWinsMap<>(copy);
    }
}
