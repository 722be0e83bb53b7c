package io.ticketmesh.replica;

import io.ticketmesh.causality.Origin;

/** Consecutive operations of one origin, both ends included. */
public record OperationRange(Origin origin, long first, long last) {
    /** How many they are. */
    public long size() {
        return last - first + 1;
    }
}
