package io.ticketmesh.store.mapdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sorted table of fixed-width entries in records of MapDB: a B-link tree, whose nodes are runs of longs. Beside MapDB's own
 * {@code BTreeMap} it changes a node once for all of a commit's entries in it, can be read in both directions beside the writer,
 * and takes empty leaves out, so that a list whose rows keep leaving stays as quick as its length.
 *
 * <p>One writer; any number of readers, without locks, each through a {@link TreeCursor} of its own. A leaf that was taken out
 * keeps its link to the right and its record for ever (about 128 bytes for 64 removed entries), since a reader may stand on it.
 */
final class PackedTree {
    private static final int MAX_DEPTH = 16;

    private final Nodes nodes;
    private final int keyWidth;
    private final int width;
    private volatile long root;
    private long nextRoot;

    private final Node[] path = new Node[MAX_DEPTH];
    private final int[] slots = new int[MAX_DEPTH];

    /**
     * The depth of the leaf that {@link #path} leads to, or -1 when the path is not to be used again. Only this tree's writer
     * changes nodes of it, so the nodes of the path stay the newest versions, from one commit to the next.
     */
    private int depth = -1;

    private PackedTree(Nodes nodes, int keyWidth, int width, long root) {
        this.nodes = nodes;
        this.keyWidth = keyWidth;
        this.width = width;
        this.root = root;
        this.nextRoot = root;
    }

    /** An empty tree; to be read once the nodes are shown. */
    static PackedTree create(Nodes nodes, int keyWidth, int valueWidth) {
        Node leaf = nodes.create(0, keyWidth, keyWidth + valueWidth, Node.SPARE_ENTRIES);
        return new PackedTree(nodes, keyWidth, keyWidth + valueWidth, leaf.record);
    }

    static PackedTree open(Nodes nodes, int keyWidth, int valueWidth, long root) {
        return new PackedTree(nodes, keyWidth, keyWidth + valueWidth, root);
    }

    /** The record to open it with. */
    long root() {
        return root;
    }

    int keyWidth() {
        return keyWidth;
    }

    void showRoot() {
        root = nextRoot;
    }

    Node readRoot() {
        return nodes.read(root);
    }

    Node read(long record) {
        return nodes.read(record);
    }

    TreeCursor cursor() {
        return new TreeCursor(this);
    }

    /** The whole entry of a key, as readers see it. */
    long @Nullable [] get(long... key) {
        Node node = readRoot();
        while (true) {
            if (node.endsBefore(key)) {
                node = nodes.read(node.right);
            } else if (node.isLeaf()) {
                int index = node.ceiling(key);
                return index < node.count && node.compare(index, key) == 0 ? node.entry(index) : null;
            } else {
                node = nodes.read(node.child(node.floor(key)));
            }
        }
    }

    /** The whole entry of a key, as the writer has changed it so far. */
    long @Nullable [] current(long... key) {
        Node leaf = path[descend(key)];
        int index = leaf.ceiling(key);
        return index < leaf.count && leaf.compare(index, key) == 0 ? leaf.entry(index) : null;
    }

    /** Adds an entry, or gives its key other values. */
    void put(long... entry) {
        int depth = descend(entry);
        Node leaf = path[depth];
        int index = leaf.ceiling(entry);
        if (index < leaf.count && leaf.compare(index, entry) == 0) {
            if (!Arrays.equals(entry, keyWidth, width, leaf.cells, index * width + keyWidth, (index + 1) * width)) {
                Node writable = nodes.writable(leaf);
                path[depth] = writable;
                System.arraycopy(entry, 0, writable.cells, index * width, width);
            }
        } else {
            insert(depth, index, entry);
        }
    }

    private void insert(int depth, int index, long[] entry) {
        Node node = nodes.writable(path[depth]);
        path[depth] = node;
        int before = node.lastInsert;
        node.insert(index, entry);
        if (node.count > Node.MAX_ENTRIES) {
            split(depth, node, node.splitPoint(index, before));
        }
    }

    private void split(int depth, Node node, int at) {
        this.depth = -1;
        Node added = nodes.create(node.level, keyWidth, node.width, node.count - at + Node.SPARE_ENTRIES);
        added.count = node.count - at;
        System.arraycopy(node.cells, at * node.width, added.cells, 0, added.count * node.width);
        added.right = node.right;
        added.high = node.high;
        node.count = at;
        node.right = added.record;
        long[] separator = added.key(0);
        node.high = separator;
        if (node.lastInsert >= at) {
            added.lastInsert = node.lastInsert - at;
            node.lastInsert = -2;
        }
        long[] entry = Arrays.copyOf(separator, keyWidth + 1);
        entry[keyWidth] = added.record;
        if (depth > 0) {
            insert(depth - 1, slots[depth - 1] + 1, entry);
        } else {
            grow(node, entry);
        }
    }

    private void grow(Node node, long[] second) {
        Node top = nodes.create(node.level + 1, keyWidth, keyWidth + 1, Node.SPARE_ENTRIES);
        long[] first = new long[keyWidth + 1];
        Arrays.fill(first, Long.MIN_VALUE);
        first[keyWidth] = node.record;
        top.insert(0, first);
        top.insert(1, second);
        nextRoot = top.record;
        nodes.regrown(this);
    }

    /** Takes an entry out; false when there is none. */
    boolean remove(long... key) {
        int depth = descend(key);
        Node leaf = path[depth];
        int index = leaf.ceiling(key);
        if (index == leaf.count || leaf.compare(index, key) != 0) {
            return false;
        }
        Node writable = nodes.writable(leaf);
        path[depth] = writable;
        writable.remove(index);
        if (writable.count == 0) {
            unlink(depth, writable);
        }
        return true;
    }

    /**
     * Fills {@link #path} and {@link #slots} down to the leaf of a key and returns its depth. Begins at the deepest node of the
     * path before that covers the key; keys that come in order have most of their paths in common.
     */
    private int descend(long[] key) {
        int at = depth;
        while (at > 0 && !covers(at, key)) {
            at--;
        }
        if (at <= 0) {
            at = 0;
            path[0] = nodes.current(nextRoot);
        }
        Node node = path[at];
        while (!node.isLeaf()) {
            int slot = node.floor(key);
            slots[at] = slot;
            node = nodes.current(node.child(slot));
            path[++at] = node;
        }
        depth = at;
        return at;
    }

    /** Whether a key belongs to a node of the path. Its lowest key is the one under which its parent has it. */
    private boolean covers(int depth, long[] key) {
        return path[depth - 1].compare(slots[depth - 1], key) <= 0 && !path[depth].endsBefore(key);
    }

    /**
     * Takes an empty leaf out of its parent. The first child of a parent must stay, since the parent's lowest key is its; but
     * when it is the only one left, its parent goes with it.
     */
    private void unlink(int depth, Node leaf) {
        this.depth = -1;
        if (depth == 0) {
            return;
        }
        Node parent = nodes.current(path[depth - 1].record);
        int slot = slots[depth - 1];
        if (slot > 0) {
            bypass(nodes.current(parent.child(slot - 1)), leaf);
            parent = nodes.writable(parent);
            parent.remove(slot);
        }
        if (parent.count > 1 || depth == 1 || slots[depth - 2] == 0) {
            return;
        }
        Node first = nodes.current(parent.child(0));
        if (first.count == 0) {
            Node grandparent = nodes.writable(nodes.current(path[depth - 2].record));
            int parentSlot = slots[depth - 2];
            Node neighbour = nodes.current(grandparent.child(parentSlot - 1));
            bypass(nodes.current(neighbour.child(neighbour.count - 1)), first);
            bypass(neighbour, parent);
            grandparent.remove(parentSlot);
        }
    }

    private void bypass(Node left, Node gone) {
        Node writable = nodes.writable(left);
        writable.right = gone.right;
        writable.high = gone.high;
    }

    /** Gives all records back; nobody may read the tree any more. */
    void drop() {
        depth = -1;
        Node first = nodes.read(root);
        while (true) {
            Node node = first;
            Node below = node.isLeaf() ? null : nodes.read(node.child(0));
            while (true) {
                Node next = node.right == 0 ? null : nodes.read(node.right);
                nodes.free(node);
                if (next == null) {
                    break;
                }
                node = next;
            }
            if (below == null) {
                return;
            }
            first = below;
        }
    }
}
