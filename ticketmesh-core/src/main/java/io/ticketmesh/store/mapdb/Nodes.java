package io.ticketmesh.store.mapdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.mapdb.Store;

/**
 * The nodes of all trees, on their way between trees and the records of the database. What a commit changes is gathered here and
 * written by {@link #flush()}, so that a node is written once however many of its entries change.
 *
 * <p>Reading is for any thread; changing and flushing for the writer.
 */
final class Nodes {
    /** How many decoded nodes are kept: about 25 MB, enough for all inner nodes of a million tickets. */
    private static final int CACHED = 1 << 14;

    private final Store store;

    /**
     * Each place holds one of the nodes that fall on it. A reader that has missed puts what it has read only where nothing was put
     * meanwhile, so it never covers a newer version.
     */
    private final AtomicReferenceArray<@Nullable Node> cache = new AtomicReferenceArray<>(CACHED);

    /** What the writer has changed since the last flush, new nodes too. */
    private final NodeMap changed = new NodeMap();

    private final List<PackedTree> regrown = new ArrayList<>();
    private long flushes;

    Nodes(Store store) {
        this.store = store;
    }

    /** The node as readers see it. */
    Node read(long record) {
        int place = place(record);
        Node cached = cache.get(place);
        if (cached != null && cached.record == record) {
            return cached;
        }
        Node read = store.get(record, new NodeForm(record));
        if (read == null) {
            throw new IllegalStateException("node " + record + " was never written");
        }
        cache.compareAndSet(place, cached, read);
        return read;
    }

    private static int place(long record) {
        return (int) ((record * 0x9E3779B97F4A7C15L) >>> 50) & (CACHED - 1);
    }

    /** The node as the writer has changed it so far. */
    Node current(long record) {
        Node node = changed.get(record);
        return node != null ? node : read(record);
    }

    /** A version that the writer may change. */
    Node writable(Node node) {
        Node writable = changed.get(node.record);
        if (writable == null) {
            writable = node.writableCopy();
            changed.add(writable);
        }
        return writable;
    }

    Node create(int level, int keyWidth, int width) {
        long[] cells = new long[(Node.MAX_ENTRIES + 1) * width];
        Node node = new Node(store.preallocate(), level, keyWidth, width, cells, 0);
        node.isNew = true;
        changed.add(node);
        return node;
    }

    /** Takes note of a tree that must be told when its new root can be read. */
    void regrown(PackedTree tree) {
        regrown.add(tree);
    }

    /** Shows all changes to readers. New nodes come first, so that no reader is led to one that is not there yet. */
    void flush() {
        for (Node node : changed.inOrder()) {
            if (node.isNew) {
                write(node);
            }
        }
        for (Node node : changed.inOrder()) {
            if (!node.isNew) {
                write(node);
            }
        }
        regrown.forEach(PackedTree::showRoot);
        for (Node node : changed.inOrder()) {
            node.isNew = false;
        }
        changed.clear();
        regrown.clear();
        flushes++;
    }

    /** How often changes were shown. */
    long flushes() {
        return flushes;
    }

    private void write(Node node) {
        store.update(node.record, node, new NodeForm(node.record));
        cache.set(place(node.record), node);
    }

    /** Gives the record back; nobody may be able to reach the node any more. */
    void free(Node node) {
        store.delete(node.record, new NodeForm(node.record));
        int place = place(node.record);
        Node cached = cache.get(place);
        if (cached != null && cached.record == node.record) {
            cache.set(place, new Node(0, 0, node.keyWidth, node.width, new long[0], 0));
        }
    }
}
