package io.ticketmesh.store.mapdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in a {@link PackedTree}, moved by looking for neighbours of a key. It keeps the leaf it stands on, so steps to a near
 * key cost next to nothing. For one thread and one read: the leaf grows old.
 */
final class TreeCursor {
    private final PackedTree tree;
    private final int keyWidth;
    private @Nullable Node leaf;

    /** The lowest key that {@link #leaf} covers. */
    private long[] low;

    private int index;

    TreeCursor(PackedTree tree) {
        this.tree = tree;
        this.keyWidth = tree.keyWidth();
        this.low = new long[keyWidth];
    }

    /** Moves to the first entry whose key is not below {@code key}; false when there is none, and then the place is undefined. */
    boolean ceiling(long... key) {
        Node node = covers(key) ? leaf() : descend(key);
        index = node.ceiling(key);
        while (index == node.count) {
            long[] high = node.high;
            if (high == null) {
                return false;
            }
            node = tree.read(node.right);
            leaf = node;
            low = high;
            index = node.ceiling(key);
        }
        return true;
    }

    /** Moves to the last entry whose key is not above {@code key}; false when there is none, and then the place is undefined. */
    boolean floor(long... key) {
        Node node = covers(key) ? leaf() : descend(key);
        index = node.floor(key);
        while (index < 0) {
            if (isLowest(low)) {
                return false;
            }
            long[] bound = low;
            node = descendBelow(bound);
            index = node.ceiling(bound) - 1;
        }
        return true;
    }

    /** Moves one entry on; false at the end. Only after a move that has found an entry. */
    boolean next() {
        Node node = leaf();
        if (++index < node.count) {
            return true;
        }
        long[] high = node.high;
        if (high == null) {
            return false;
        }
        leaf = tree.read(node.right);
        low = high;
        return ceiling(high);
    }

    /** A long of the entry. */
    long cell(int place) {
        return leaf().cells[index * leaf().width + place];
    }

    /** Whether the first longs of the entry's key are those. */
    boolean startsWith(long... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (cell(i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many entries from here on are not above {@code last}, at most {@code most}; moves behind them. */
    long count(long[] last, long most) {
        long counted = 0;
        while (counted < most) {
            Node node = leaf();
            int end = node.floor(last) + 1;
            counted += Math.max(0, end - index);
            if (end < node.count) {
                break;
            }
            index = node.count - 1;
            if (!next()) {
                break;
            }
        }
        return Math.min(counted, most);
    }

    private Node leaf() {
        Node node = leaf;
        if (node == null) {
            throw new IllegalStateException("the cursor has not been moved yet");
        }
        return node;
    }

    private boolean covers(long[] key) {
        return leaf != null && Node.compareKeys(low, key, keyWidth) <= 0 && !leaf().endsBefore(key);
    }

    private Node descend(long[] key) {
        Node node = tree.readRoot();
        long[] lowest = lowestKey();
        while (true) {
            long[] high = node.high;
            if (high != null && node.endsBefore(key)) {
                lowest = high;
                node = tree.read(node.right);
            } else if (node.isLeaf()) {
                return stand(node, lowest);
            } else {
                int slot = node.floor(key);
                lowest = node.key(slot);
                node = tree.read(node.child(slot));
            }
        }
    }

    /** Goes to the leaf that covers the keys just below {@code bound}. */
    private Node descendBelow(long[] bound) {
        Node node = tree.readRoot();
        long[] lowest = lowestKey();
        while (true) {
            long[] high = node.high;
            if (high != null && Node.compareKeys(high, bound, keyWidth) < 0) {
                lowest = high;
                node = tree.read(node.right);
            } else if (node.isLeaf()) {
                return stand(node, lowest);
            } else {
                int slot = Math.max(0, node.ceiling(bound) - 1);
                lowest = node.key(slot);
                node = tree.read(node.child(slot));
            }
        }
    }

    private Node stand(Node node, long[] lowest) {
        leaf = node;
        low = lowest;
        return node;
    }

    private long[] lowestKey() {
        long[] lowest = new long[keyWidth];
        Arrays.fill(lowest, Long.MIN_VALUE);
        return lowest;
    }

    private static boolean isLowest(long[] key) {
        for (long part : key) {
            if (part != Long.MIN_VALUE) {
                return false;
            }
        }
        return true;
    }
}
