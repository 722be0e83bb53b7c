package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lists of the index in step with the tickets. Entries that are no longer true are gathered and removed last, so that a
 * reader always finds an unchanged ticket where it stands. For the writer.
 */
final class SecondaryIndex {
    private final PackedTree tree;
    private final Lists lists;
    private final List<long[]> added = new ArrayList<>();
    private final List<long[]> outdated = new ArrayList<>();

    SecondaryIndex(PackedTree tree, Lists lists) {
        this.tree = tree;
        this.lists = lists;
    }

    /** Takes note of what is new in {@code after}, and of what is gone with {@code before}. */
    void change(@Nullable Ticket before, @Nullable Ticket after) {
        long[] old = before == null ? new long[0] : lists.entriesOf(before);
        long[] now = after == null ? new long[0] : lists.entriesOf(after);
        for (int at = 0; at < now.length; at += Lists.KEY_WIDTH) {
            if (!contains(old, now, at)) {
                added.add(entry(now, at));
            }
        }
        for (int at = 0; at < old.length; at += Lists.KEY_WIDTH) {
            if (!contains(now, old, at)) {
                outdated.add(entry(old, at));
            }
        }
    }

    /** Adds what is new, in the order of the tree, so that each node is looked for once. */
    void addNew() {
        added.sort(SecondaryIndex::compare);
        added.forEach(tree::put);
        added.clear();
    }

    void removeOutdated() {
        outdated.sort(SecondaryIndex::compare);
        outdated.forEach(tree::remove);
        outdated.clear();
    }

    private static int compare(long[] one, long[] two) {
        return Node.compareKeys(one, two, Lists.KEY_WIDTH);
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

    private static long[] entry(long[] entries, int at) {
        return new long[] {entries[at], entries[at + 1], entries[at + 2], entries[at + 3]};
    }
}
