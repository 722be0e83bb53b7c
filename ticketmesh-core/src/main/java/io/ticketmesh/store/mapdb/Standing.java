package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;

/**
 * What a store has applied so far, as one immutable value that readers see as a whole.
 *
 * @param index the last entry of the log that was applied; 0 before the first
 */
record Standing(
        long index, VersionVector version, VersionVector floor, HybridTimestamp clockBound, long incarnation) {
    static final Standing EMPTY =
            new Standing(0, VersionVector.EMPTY, VersionVector.EMPTY, HybridTimestamp.ZERO, 0);
}
