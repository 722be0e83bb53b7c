package io.ticketmesh.store.mapdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All keys that begin with the same longs. */
final class KeyRange {
    private KeyRange() {}

    /** The lowest key of the range. */
    static long[] first(int keyWidth, long... prefix) {
        long[] key = Arrays.copyOf(prefix, keyWidth);
        Arrays.fill(key, prefix.length, keyWidth, Long.MIN_VALUE);
        return key;
    }

    /** The highest key of the range. */
    static long[] last(int keyWidth, long... prefix) {
        long[] key = Arrays.copyOf(prefix, keyWidth);
        Arrays.fill(key, prefix.length, keyWidth, Long.MAX_VALUE);
        return key;
    }

    /** The keys of the range that readers see. */
    static List<long[]> keys(PackedTree tree, long... prefix) {
        List<long[]> keys = new ArrayList<>();
        TreeCursor cursor = tree.cursor();
        boolean more = cursor.ceiling(first(tree.keyWidth(), prefix));
        while (more && cursor.startsWith(prefix)) {
            long[] key = new long[tree.keyWidth()];
            for (int i = 0; i < key.length; i++) {
                key[i] = cursor.cell(i);
            }
            keys.add(key);
            more = cursor.next();
        }
        return keys;
    }
}
