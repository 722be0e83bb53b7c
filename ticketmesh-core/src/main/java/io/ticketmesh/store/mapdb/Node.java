package io.ticketmesh.store.mapdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One node of a {@link PackedTree}: a run of entries of equal width, each a key followed by values, by rising key. In an inner
 * node an entry is the lowest key of a child and the record of that child.
 *
 * <p>A node that readers can reach is never changed: the writer changes a copy, which replaces it. A node covers the keys from
 * its lowest one, which only its parent knows, up to {@link #high}; a reader that comes with a key from {@code high} on follows
 * {@link #right}, since the node was split after the reader had looked at the parent. Lehman and Yao, Efficient Locking for
 * Concurrent Operations on B-Trees (TODS 1981).
 */
final class Node {
    /** The most entries of a node; one more, and it is split. */
    static final int MAX_ENTRIES = 64;

    /** For how many entries more a copy has room before it must grow. */
    static final int SPARE_ENTRIES = 8;

    final long record;

    /** 0 for a leaf. */
    final int level;

    /** Longs of a key. */
    final int keyWidth;

    /** Longs of an entry. */
    final int width;

    long[] cells;
    int count;

    /** The record of the next node of the level; 0 when there is none. */
    long right;

    /** The lowest key that belongs to the next node; null when there is none. */
    long @Nullable [] high;

    /** Where the entry before was inserted: tells rising and falling runs from random keys. Known to the writer only. */
    int lastInsert = -2;

    /** Whether no reader can know the record yet. Known to the writer only. */
    boolean isNew;

    Node(long record, int level, int keyWidth, int width, long[] cells, int count) {
        this.record = record;
        this.level = level;
        this.keyWidth = keyWidth;
        this.width = width;
        this.cells = cells;
        this.count = count;
    }

    /** A copy with room for some entries more. */
    Node writableCopy() {
        long[] roomy = Arrays.copyOf(cells, (count + SPARE_ENTRIES) * width);
        Node copy = new Node(record, level, keyWidth, width, roomy, count);
        copy.right = right;
        copy.high = high;
        copy.lastInsert = lastInsert;
        return copy;
    }

    boolean isLeaf() {
        return level == 0;
    }

    /** The record of a child. */
    long child(int index) {
        return cells[index * width + keyWidth];
    }

    long[] key(int index) {
        return Arrays.copyOfRange(cells, index * width, index * width + keyWidth);
    }

    long[] entry(int index) {
        return Arrays.copyOfRange(cells, index * width, (index + 1) * width);
    }

    /** Compares the key of an entry with {@code key}, which may have more longs. */
    int compare(int index, long[] key) {
        int at = index * width;
        for (int i = 0; i < keyWidth; i++) {
            long mine = cells[at + i];
            if (mine != key[i]) {
                return mine < key[i] ? -1 : 1;
            }
        }
        return 0;
    }

    /** The first entry whose key is not below {@code key}; {@link #count} when there is none. */
    int ceiling(long[] key) {
        long first = key[0];
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long mine = cells[middle * width];
            if (mine < first || mine == first && compare(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last entry whose key is not above {@code key}; -1 when there is none. */
    int floor(long[] key) {
        int index = ceiling(key);
        return index < count && compare(index, key) == 0 ? index : index - 1;
    }

    /** Whether {@code key} belongs to a node to the right. */
    boolean endsBefore(long[] key) {
        return high != null && compareKeys(high, key, keyWidth) <= 0;
    }

    void insert(int index, long[] entry) {
        int at = index * width;
        if (cells.length < (count + 1) * width) {
            cells = Arrays.copyOf(cells, (count + 1 + SPARE_ENTRIES) * width);
        }
        System.arraycopy(cells, at, cells, at + width, (count - index) * width);
        System.arraycopy(entry, 0, cells, at, width);
        count++;
        lastInsert = index;
    }

    void remove(int index) {
        int at = index * width;
        System.arraycopy(cells, at + width, cells, at, (count - index - 1) * width);
        count--;
        lastInsert = -2;
    }

    /**
     * Where to split after an insert at {@code index}. A run of rising or falling keys leaves full nodes behind; random keys
     * leave two halves.
     */
    int splitPoint(int index, int before) {
        int quarter = count / 4;
        if (index == before && index + 1 <= count - quarter) {
            return Math.max(1, index + 1);
        }
        if (index == before + 1 && index >= quarter) {
            return Math.min(index, count - 1);
        }
        return count / 2;
    }

    static int compareKeys(long[] one, long[] two, int keyWidth) {
        for (int i = 0; i < keyWidth; i++) {
            if (one[i] != two[i]) {
                return one[i] < two[i] ? -1 : 1;
            }
        }
        return 0;
    }
}
