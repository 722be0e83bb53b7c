package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * The tickets by their keys. Keys are hashes, so each new one belongs into another leaf of the tree: put there at once, every ticket
 * would have a leaf read, copied and written, and a page of the next checkpoint besides. So new keys are gathered in memory, in
 * buckets of neighbours, and one bucket after the other is emptied into the tree, where several of its keys meet in a leaf. It is
 * the rolling merge of O'Neil, Cheng, Gawlick and O'Neil, The Log-Structured Merge-Tree (Acta Informatica 33, 1996).
 *
 * <p>The log is the clock: every {@value #PACE} of its entries one bucket is emptied, in turn. So the keys that no checkpoint holds
 * are those of the newest entries, and are gathered again from the changes {@link #unsettledAfter}.
 *
 * <p>Reading is for any thread, all else for the writer.
 */
final class KeyTable {
    /** So many entries of the log for each bucket that is emptied, and as many keys in it when each entry is a new ticket. */
    static final int PACE = 8;

    private static final int WIDTH = 3;
    private static final long[] EMPTY = {};

    private final PackedTree tree;
    private final Nodes nodes;

    /** By the first bits of the key: entries as in the tree, one behind the other. */
    private final AtomicReferenceArray<long[]> buckets;

    private final int shift;

    /** The last entry of the log that was applied. */
    private long now;

    /**
     * @param tree key, id
     * @param buckets a power of two; they are emptied once in {@link #PACE} times as many entries of the log
     * @param now the last entry of the log that was applied
     */
    KeyTable(PackedTree tree, Nodes nodes, int buckets, long now) {
        this.tree = tree;
        this.nodes = nodes;
        this.buckets = new AtomicReferenceArray<>(buckets);
        for (int bucket = 0; bucket < buckets; bucket++) {
            this.buckets.setPlain(bucket, EMPTY);
        }
        this.shift = TicketKey.BITS - Integer.numberOfTrailingZeros(buckets);
        this.now = now;
    }

    /**
     * After which entry of the log a ticket must have changed for its key to be missing in a tree that belongs to the first {@code now}
     * entries, and that was always filled from so many buckets: each was emptied in one of the last turns.
     */
    static long unsettledAfter(long now, int buckets) {
        return Math.max(0, (now / PACE - buckets + 1) * PACE - 1);
    }

    int buckets() {
        return buckets.length();
    }

    /** How many keys are in memory; for tests. */
    int gathered() {
        int gathered = 0;
        for (int bucket = 0; bucket < buckets.length(); bucket++) {
            gathered += buckets.get(bucket).length / WIDTH;
        }
        return gathered;
    }

    private int bucket(long bits) {
        return (int) (bits >>> shift);
    }

    /** Adds a ticket, to be found at once. One that is there may be added again. */
    void add(TicketId id) {
        long bits = id.key().bits();
        long[] before = buckets.get(bucket(bits));
        if (find(before, id) < 0) {
            long[] after = Arrays.copyOf(before, before.length + WIDTH);
            after[before.length] = bits;
            after[before.length + 1] = Ids.high(id);
            after[before.length + 2] = Ids.low(id);
            buckets.set(bucket(bits), after);
        }
    }

    /** Removes a ticket, for good once the nodes are shown. */
    void remove(TicketId id) {
        long bits = id.key().bits();
        long[] before = buckets.get(bucket(bits));
        int at = find(before, id);
        if (at >= 0) {
            long[] after = Arrays.copyOf(before, before.length - WIDTH);
            System.arraycopy(before, at + WIDTH, after, at, after.length - at);
            buckets.set(bucket(bits), after);
        }
        tree.remove(bits, Ids.high(id), Ids.low(id));
    }

    /** Where the entry of a ticket begins; -1 when there is none. */
    private static int find(long[] entries, TicketId id) {
        for (int at = 0; at < entries.length; at += WIDTH) {
            if (entries[at + 1] == Ids.high(id) && entries[at + 2] == Ids.low(id)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Lets the log's time pass. Shows the nodes.
     *
     * @param index the last entry that was applied
     */
    void advance(long index) {
        long last = index / PACE;
        for (long turn = Math.max(now / PACE, last - buckets.length()) + 1; turn <= last; turn++) {
            settle((int) (turn % buckets.length()));
        }
        now = index;
    }

    /** Settles all keys, whatever the turn. Shows the nodes. */
    void settle() {
        for (int bucket = 0; bucket < buckets.length(); bucket++) {
            settle(bucket);
        }
    }

    private void settle(int bucket) {
        long[] entries = buckets.get(bucket);
        if (entries.length == 0) {
            return;
        }
        for (int at = 0; at < entries.length; at += WIDTH) {
            tree.put(entries[at], entries[at + 1], entries[at + 2]);
        }
        nodes.show();
        buckets.set(bucket, EMPTY); // not before a reader that misses a key here finds it in the tree
    }

    /** The tickets that are wanted of those with keys from {@code first} to {@code last}, by key and id, {@code max} at most. */
    List<TicketId> between(TicketKey first, TicketKey last, int max, Predicate<TicketId> wanted) {
        NavigableMap<long[], TicketId> found = new TreeMap<>(Arrays::compare);
        addGathered(first, last, wanted, found); // before the tree, since keys go from here to there
        TreeCursor cursor = tree.cursor();
        boolean more = cursor.ceiling(first.bits(), Long.MIN_VALUE, Long.MIN_VALUE);
        int left = max;
        while (more && left > 0 && cursor.cell(0) <= last.bits()) {
            TicketId id = Ids.ticket(cursor.cell(1), cursor.cell(2));
            if (wanted.test(id)) {
                found.put(new long[] {cursor.cell(0), cursor.cell(1), cursor.cell(2)}, id);
                left--;
            }
            more = cursor.next();
        }
        return found.values().stream().limit(max).toList();
    }

    private void addGathered(
            TicketKey first, TicketKey last, Predicate<TicketId> wanted, NavigableMap<long[], TicketId> found) {
        for (int bucket = bucket(first.bits()); bucket <= bucket(last.bits()); bucket++) {
            long[] entries = buckets.get(bucket);
            for (int at = 0; at < entries.length; at += WIDTH) {
                TicketId id = Ids.ticket(entries[at + 1], entries[at + 2]);
                if (entries[at] >= first.bits() && entries[at] <= last.bits() && wanted.test(id)) {
                    found.put(Arrays.copyOfRange(entries, at, at + WIDTH), id);
                }
            }
        }
    }
}
