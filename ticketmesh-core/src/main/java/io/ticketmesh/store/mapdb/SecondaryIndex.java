package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Ticket;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lists of the index in step with the tickets. Entries that are no longer true are gathered and removed last, so that a
 * reader always finds an unchanged ticket where it stands. For the writer.
 */
final class SecondaryIndex {
    private static final long[] NONE = {};

    private final PackedTree tree;
    private final Lists lists;
    private final Gathered added = new Gathered();
    private final Gathered outdated = new Gathered();

    SecondaryIndex(PackedTree tree, Lists lists) {
        this.tree = tree;
        this.lists = lists;
    }

    /** Takes note of what is new in {@code after}, and of what is gone with {@code before}. */
    void change(@Nullable Ticket before, @Nullable Ticket after) {
        long[] old = before == null ? NONE : lists.entriesOf(before);
        long[] now = after == null ? NONE : lists.entriesOf(after);
        added.addMissing(now, old);
        outdated.addMissing(old, now);
    }

    /** Adds what is new. */
    void addNew() {
        added.forEachList(tree::put);
    }

    void removeOutdated() {
        outdated.forEachList(tree::remove);
    }

    /** Entries, one behind the other. */
    private static final class Gathered {
        /** So many bits of a name give way to the number of an entry. */
        private static final int NUMBER_BITS = 24;

        private long[] cells = NONE;
        private int size;

        /** Adds the entries of {@code some} that are not in {@code others}. */
        void addMissing(long[] some, long[] others) {
            if (cells.length < size + some.length) {
                cells = Arrays.copyOf(cells, 2 * (size + some.length));
            }
            for (int at = 0; at < some.length; at += Lists.KEY_WIDTH) {
                if (others.length == 0 || !contains(others, some, at)) {
                    System.arraycopy(some, at, cells, size, Lists.KEY_WIDTH);
                    size += Lists.KEY_WIDTH;
                }
            }
        }

        private static boolean contains(long[] entries, long[] other, int at) {
            // the id is the same in all of them
            for (int i = 0; i < entries.length; i += Lists.KEY_WIDTH) {
                if (entries[i] == other[at] && entries[i + 1] == other[at + 1]) {
                    return true;
                }
            }
            return false;
        }

        /** Visits all entries, those of one list together and lists about in the order of the tree, so that nodes are met again. */
        void forEachList(Consumer<long[]> visitor) {
            long[] order = new long[size / Lists.KEY_WIDTH];
            for (int number = 0; number < order.length; number++) {
                order[number] = cells[number * Lists.KEY_WIDTH] >> NUMBER_BITS << NUMBER_BITS | number;
            }
            Arrays.sort(order);
            long[] entry = new long[Lists.KEY_WIDTH];
            for (long next : order) {
                int number = (int) (next & (1 << NUMBER_BITS) - 1);
                System.arraycopy(cells, number * Lists.KEY_WIDTH, entry, 0, Lists.KEY_WIDTH);
                visitor.accept(entry);
            }
        }
    }
}
