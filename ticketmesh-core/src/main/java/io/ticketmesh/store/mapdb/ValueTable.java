package io.ticketmesh.store.mapdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Values by a key of longs. Reading is for any thread, all else for the writer. */
final class ValueTable<T> {
    private final PackedTree records;
    private final Records values;
    private final Function<T, byte[]> encoding;
    private final Function<byte[], T> decoding;

    ValueTable(PackedTree records, Records values, Function<T, byte[]> encoding, Function<byte[], T> decoding) {
        this.records = records;
        this.values = values;
        this.encoding = encoding;
        this.decoding = decoding;
    }

    Optional<T> get(long... key) {
        long[] entry = records.get(key);
        return entry == null ? Optional.empty() : read(entry[records.keyWidth()]);
    }

    private Optional<T> read(long record) {
        return Optional.ofNullable(values.read(record)).map(decoding);
    }

    /** All values whose keys begin with {@code prefix}, by their keys. */
    List<T> withPrefix(long... prefix) {
        List<T> found = new ArrayList<>();
        TreeCursor cursor = records.cursor();
        boolean more = cursor.ceiling(KeyRange.first(records.keyWidth(), prefix));
        while (more && cursor.startsWith(prefix)) {
            read(cursor.cell(records.keyWidth())).ifPresent(found::add);
            more = cursor.next();
        }
        return found;
    }

    /** Writes a value; a new key is found once the nodes are shown. */
    void put(T value, long... key) {
        long[] entry = records.current(key);
        if (entry == null) {
            entry = KeyRange.first(records.keyWidth() + 1, key);
            entry[records.keyWidth()] = values.add(encoding.apply(value));
            records.put(entry);
        } else {
            values.replace(entry[records.keyWidth()], encoding.apply(value));
        }
    }

    /** Removes all values whose keys begin with {@code prefix}; they must be shown. */
    void removePrefix(long... prefix) {
        for (long[] key : KeyRange.keys(records, prefix)) {
            long[] entry = records.current(key);
            if (entry != null) {
                values.empty(entry[records.keyWidth()]);
                records.remove(key);
            }
        }
    }

    TreeCursor byKey() {
        return records.cursor();
    }
}
