package io.ticketmesh.registry;

import io.ticketmesh.causality.NodeId;

/** Where an instance stands in the list: late ones after the others, and within that by node. */
record Place(boolean late, NodeId node) implements Comparable<Place> {
    static final int BYTES = 1 + 2 * Long.BYTES;

    @Override
    public int compareTo(Place other) {
        int byLate = Boolean.compare(late, other.late);
        return byLate != 0 ? byLate : node.compareTo(other.node);
    }
}
