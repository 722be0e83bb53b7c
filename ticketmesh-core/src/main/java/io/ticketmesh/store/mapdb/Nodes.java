package io.ticketmesh.store.mapdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.mapdb.Store;

/**
 * The nodes of all trees, on their way between trees and the records of the database. What a commit changes is gathered here and
 * shown to readers by {@link #show()}. A record is written later, for many commits at once: when the database is frozen, or when
 * so many nodes wait that the oldest must go. So a node that nearly every commit changes is written once in some four thousand.
 *
 * <p>Reading is for any thread; changing, showing and writing for the writer.
 */
final class Nodes {
    /** How many decoded nodes are kept: about 25 MB, enough for all inner nodes of a million tickets. */
    private static final int CACHED = 1 << 14;

    /**
     * The most nodes that wait to be written after a commit: about 8 MB. Too small: the ends of lists, some eight hundred nodes
     * where fifty people have tickets, are written again and again. Too large: commits stop for long while the database is frozen,
     * about 3 ms for a thousand nodes.
     */
    static final int MOST_UNWRITTEN = 1 << 12;

    private final Store store;
    private final int mostUnwritten;

    /**
     * Each place holds one of the nodes that fall on it. A reader that has missed puts what it has read from a record only where
     * nothing was put meanwhile, so it never covers a newer version. That holds because no node is ever put twice: one that was
     * found in {@link #unwritten} stays there.
     */
    private final AtomicReferenceArray<@Nullable Node> cache;

    /**
     * What readers may see and no record holds yet. A node comes here before anything leads to it, and goes when its record is
     * written; so a reader that does not find it here finds it, or a newer one, in its record.
     */
    private final Map<Long, Node> unwritten = new ConcurrentHashMap<>();

    /** The records of {@link #unwritten}, the oldest first, and some of nodes that were freed. Known to the writer only. */
    private final Deque<Long> waiting = new ArrayDeque<>();

    /** What the writer has changed since the nodes were last shown, new nodes too. */
    private final NodeMap changed = new NodeMap();

    private final List<PackedTree> regrown = new ArrayList<>();

    Nodes(Store store) {
        this(store, CACHED, MOST_UNWRITTEN);
    }

    /** @param cached a power of two */
    Nodes(Store store, int cached, int mostUnwritten) {
        this.store = store;
        this.cache = new AtomicReferenceArray<>(cached);
        this.mostUnwritten = mostUnwritten;
    }

    /** The node as readers see it. */
    Node read(long record) {
        int place = place(record);
        Node cached = cache.get(place);
        if (cached != null && cached.record == record) {
            return cached;
        }
        Node recent = unwritten.get(record);
        if (recent != null) {
            return recent;
        }
        Node read = store.get(record, new NodeForm(record));
        if (read == null) {
            throw new IllegalStateException("node " + record + " was never written");
        }
        cache.compareAndSet(place, cached, read);
        return read;
    }

    private int place(long record) {
        return (int) (record * 0x9E3779B97F4A7C15L >>> 32) & cache.length() - 1;
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

    /** A node with room for so many entries before it must grow. */
    Node create(int level, int keyWidth, int width, int entries) {
        Node node = new Node(store.preallocate(), level, keyWidth, width, new long[entries * width], 0);
        node.isNew = true;
        changed.add(node);
        return node;
    }

    /** Takes note of a tree that must be told when its new root can be read. */
    void regrown(PackedTree tree) {
        regrown.add(tree);
    }

    /** Shows all changes to readers. New nodes come first, so that no reader is led to one that is not there yet. */
    void show() {
        for (Node node : changed.inOrder()) {
            if (node.isNew) {
                show(node);
            }
        }
        for (Node node : changed.inOrder()) {
            if (!node.isNew) {
                show(node);
            }
        }
        regrown.forEach(PackedTree::showRoot);
        for (Node node : changed.inOrder()) {
            node.isNew = false;
        }
        changed.clear();
        regrown.clear();
    }

    private void show(Node node) {
        Long record = node.record;
        if (unwritten.put(record, node) == null) {
            waiting.add(record);
        }
        cache.set(place(node.record), node);
    }

    /** Writes the oldest nodes until no more wait than may: at the end of a commit, about as many as it has added. */
    void writeOldest() {
        while (waiting.size() > mostUnwritten) {
            write(waiting.remove());
        }
    }

    /** Writes all nodes into their records. */
    void writeAll() {
        while (!waiting.isEmpty()) {
            write(waiting.remove());
        }
    }

    private void write(Long record) {
        Node node = unwritten.get(record);
        if (node != null) {
            store.update(record, node, new NodeForm(record));
            unwritten.remove(record);
        }
    }

    /** Gives the record back; nobody may be able to reach the node any more. */
    void free(Node node) {
        write(node.record); // MapDB does not take back what was never written
        store.delete(node.record, new NodeForm(node.record));
        int place = place(node.record);
        Node cached = cache.get(place);
        if (cached != null && cached.record == node.record) {
            cache.set(place, new Node(0, 0, node.keyWidth, node.width, new long[0], 0));
        }
    }
}
