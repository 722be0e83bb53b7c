package io.ticketmesh.wire;

import io.ticketmesh.crdt.AddWinsMap;
import io.ticketmesh.crdt.ConflictRegister;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The forms of the lattices that tickets are made of; each fills a field, and an empty one has no field. */
final class Registers {
    private Registers() {}

    static <V> void write(WireOutput output, int tag, LatestRegister<V> register, BiConsumer<WireOutput, V> value) {
        Written<V> written = register.written();
        if (written != null) {
            output.open(tag);
            writeWritten(output, written, value);
            output.closeFrame();
        }
    }

    static <V> LatestRegister<V> readLatest(WireInput input, int tag, Function<WireInput, V> value) {
        if (!input.open(tag)) {
            return LatestRegister.empty();
        }
        LatestRegister<V> register = new LatestRegister<>(readWritten(input, value));
        input.closeFrame();
        return register;
    }

    static <V> void write(WireOutput output, int tag, ConflictRegister<V> register, BiConsumer<WireOutput, V> value) {
        if (!register.isEmpty()) {
            output.open(tag);
            register.writes().forEach(written -> writeWritten(output, written, value));
            output.closeFrame();
        }
    }

    static <V> ConflictRegister<V> readConflict(WireInput input, int tag, Function<WireInput, V> value) {
        if (!input.open(tag)) {
            return ConflictRegister.empty();
        }
        List<Written<V>> writes = new ArrayList<>(1);
        while (input.hasMore()) {
            addFalling(input, writes, readWritten(input, value));
        }
        input.closeFrame();
        return register(input, writes);
    }

    /** @param value the form of a value, which may lean on its key */
    static <K extends Comparable<K>, V> void write(
            WireOutput output,
            int tag,
            AddWinsMap<K, V> map,
            BiConsumer<WireOutput, K> key,
            Function<K, BiConsumer<WireOutput, V>> value) {
        if (map.size() > 0) {
            output.open(tag);
            for (Map.Entry<K, ConflictRegister<V>> entry : map.entries().entrySet()) {
                key.accept(output, entry.getKey());
                BiConsumer<WireOutput, V> form = value.apply(entry.getKey());
                List<Written<V>> writes = entry.getValue().writes();
                output.unsigned(writes.size());
                for (Written<V> written : writes) {
                    writeWritten(output, written, form);
                }
            }
            output.closeFrame();
        }
    }

    static <K extends Comparable<K>, V> AddWinsMap<K, V> readMap(
            WireInput input, int tag, Function<WireInput, K> key, BiFunction<WireInput, K, V> value) {
        if (!input.open(tag)) {
            return AddWinsMap.empty();
        }
        TreeMap<K, ConflictRegister<V>> entries = new TreeMap<>();
        while (input.hasMore()) {
            K name = key.apply(input);
            requireRising(input, entries, name);
            int count = input.number(Integer.MAX_VALUE);
            List<Written<V>> writes = new ArrayList<>(1);
            for (int i = 0; i < count; i++) { // ends with the frame when there are fewer
                addFalling(input, writes, readWritten(input, read -> value.apply(read, name)));
            }
            entries.put(name, register(input, writes));
        }
        input.closeFrame();
        return new AddWinsMap<>(entries);
    }

    /** Refuses a key that is not above all keys so far. */
    static <K extends Comparable<K>> void requireRising(WireInput input, NavigableMap<K, ?> entries, K key) {
        if (!entries.isEmpty() && entries.lastKey().compareTo(key) >= 0) {
            throw input.malformed("Key '" + key + "' is not above the one before");
        }
    }

    static <V> void writeWritten(WireOutput output, Written<V> written, BiConsumer<WireOutput, V> value) {
        output.trace(written.trace());
        value.accept(output, written.value());
    }

    static <V> Written<V> readWritten(WireInput input, Function<WireInput, V> value) {
        Trace trace = input.trace();
        return new Written<>(value.apply(input), trace);
    }

    private static <V> void addFalling(WireInput input, List<Written<V>> writes, Written<V> written) {
        if (!writes.isEmpty() && writes.get(writes.size() - 1).trace().compareTo(written.trace()) < 0) {
            throw input.malformed("A write is above the one before");
        }
        writes.add(written);
    }

    private static <V> ConflictRegister<V> register(WireInput input, List<Written<V>> writes) {
        if (writes.isEmpty()) {
            throw input.malformed("A register without writes");
        }
        return new ConflictRegister<>(writes);
    }
}
