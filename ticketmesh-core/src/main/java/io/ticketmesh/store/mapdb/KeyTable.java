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
 * are those of the newest entries, and are gathered again from the changes {@link #unsettledAfter()}.
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

    /** The last entry of the log that was applied when this was made. */
    private final long begin;

    private final long unsettledAfterAtBegin;

    /** The last one now. */
    private long now;

    /**
     * @param tree key, id
     * @param buckets a power of two; they are emptied once in {@link #PACE} times as many entries of the log
     * @param now the last entry of the log that was applied
     * @param unsettledAfter what {@link #unsettledAfter()} was then; tickets that changed later are still to be {@linkplain #add added}
     */
    KeyTable(PackedTree tree, Nodes nodes, int buckets, long now, long unsettledAfter) {
        this.tree = tree;
        this.nodes = nodes;
        this.buckets = new AtomicReferenceArray<>(buckets);
        for (int bucket = 0; bucket < buckets; bucket++) {
            this.buckets.setPlain(bucket, EMPTY);
        }
        this.shift = TicketKey.BITS - Integer.numberOfTrailingZeros(buckets);
        this.begin = now;
        this.unsettledAfterAtBegin = unsettledAfter;
        this.now = now;
    }

    /** The keys of tickets that changed after this entry of the log may be missing in the tree; no others are. */
    long unsettledAfter() {
        long emptied = now / PACE - buckets.length();
        return emptied < begin / PACE ? unsettledAfterAtBegin : (emptied + 1) * PACE - 1;
    }

    private int bucket(long bits) {
        return (int) (bits >>> shift);
    }

    /** Adds a ticket, to be found at once. One that is there may be added again. */
    void add(TicketId id) {
        long bits = id.key().bits();
        long[] before = buckets.get(bucket(bits));
        long[] after = Arrays.copyOf(before, before.length + WIDTH);
        after[before.length] = bits;
        after[before.length + 1] = Ids.high(id);
        after[before.length + 2] = Ids.low(id);
        buckets.set(bucket(bits), after);
    }

    /** Removes a ticket, for good once the nodes are shown. */
    void remove(TicketId id) {
        long bits = id.key().bits();
        settle(bucket(bits));
        tree.remove(bits, Ids.high(id), Ids.low(id));
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

    private void settle(int bucket) {
        long[] entries = buckets.get(bucket);
        for (int at = 0; at < entries.length; at += WIDTH) {
            tree.put(entries[at], entries[at + 1], entries[at + 2]);
        }
        nodes.show();
        buckets.set(bucket, EMPTY); // not before a reader that misses a key here finds it in the tree
    }

    /** The tickets that are wanted of those with keys from {@code first} to {@code last}, by key and id, {@code max} at most. */
    List<TicketId> between(TicketKey first, TicketKey last, int max, Predicate<TicketId> wanted) {
        NavigableMap<long[], TicketId> found = new TreeMap<>(Arrays::compare);
        gathered(first, last, wanted, found); // before the tree, since keys go from here to there
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

    private void gathered(
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
