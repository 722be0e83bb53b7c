package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;

/**
 * What a store has applied so far, as one immutable value that readers see as a whole.
 *
 * @param index the last entry of the log that was applied; 0 before the first
 */
record Standing(
        long index,
        VersionVector version,
        VersionVector ahead,
        VersionVector floor,
        HybridTimestamp clockBound,
        long incarnation,
        Roster roster) {
    static final Standing EMPTY = new Standing(
            0, VersionVector.EMPTY, VersionVector.EMPTY, VersionVector.EMPTY, HybridTimestamp.ZERO, 0, Roster.EMPTY);

    Standing withVersion(VersionVector version) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster);
    }

    Standing withFloor(VersionVector floor) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster);
    }

    Standing withClockBound(HybridTimestamp clockBound) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster);
    }

    Standing withIncarnation(long incarnation) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster);
    }

    Standing withRoster(Roster roster) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster);
    }
}
