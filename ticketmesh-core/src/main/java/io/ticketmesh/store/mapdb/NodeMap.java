package io.ticketmesh.store.mapdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes by their records, in the order in which they came: a hash table without boxes. For the writer. */
final class NodeMap {
    private @Nullable Node[] places = new @Nullable Node[256];
    private final List<Node> inOrder = new ArrayList<>();

    @Nullable Node get(long record) {
        if (inOrder.isEmpty()) {
            return null;
        }
        for (int place = hash(record); ; place = place + 1 & places.length - 1) {
            Node node = places[place];
            if (node == null || node.record == record) {
                return node;
            }
        }
    }

    /** Adds a node of a record that is not there yet. */
    void add(Node node) {
        if (inOrder.size() * 2 >= places.length) {
            grow();
        }
        inOrder.add(node);
        place(node);
    }

    private void grow() {
        places = new @Nullable Node[places.length * 4];
        inOrder.forEach(this::place);
    }

    private void place(Node node) {
        int place = hash(node.record);
        while (places[place] != null) {
            place = place + 1 & places.length - 1;
        }
        places[place] = node;
    }

    private int hash(long record) {
        return (int) (record * 0x9E3779B97F4A7C15L >>> 32) & places.length - 1;
    }

    List<Node> inOrder() {
        return inOrder;
    }

    void clear() {
        if (!inOrder.isEmpty()) {
            Arrays.fill(places, null);
            inOrder.clear();
        }
    }
}
