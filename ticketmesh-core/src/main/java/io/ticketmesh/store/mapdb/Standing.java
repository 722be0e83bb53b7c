package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;

/**
 * What a store has applied so far, as one immutable value that readers see as a whole.
 *
 * @param index the last entry of the log that was applied; 0 before the first
 * @param unknownKinds whether changes were applied that this version does not understand
 */
record Standing(
        long index,
        VersionVector version,
        VersionVector ahead,
        VersionVector floor,
        HybridTimestamp clockBound,
        long incarnation,
        Roster roster,
        boolean unknownKinds) {
    static final Standing EMPTY = new Standing(
            0,
            VersionVector.EMPTY,
            VersionVector.EMPTY,
            VersionVector.EMPTY,
            HybridTimestamp.ZERO,
            0,
            Roster.EMPTY,
            false);

    Standing withVersion(VersionVector version) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, unknownKinds);
    }

    Standing withFloor(VersionVector floor) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, unknownKinds);
    }

    Standing withClockBound(HybridTimestamp clockBound) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, unknownKinds);
    }

    Standing withIncarnation(long incarnation) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, unknownKinds);
    }

    Standing withRoster(Roster roster) {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, unknownKinds);
    }

    Standing withUnknownKinds() {
        return new Standing(index, version, ahead, floor, clockBound, incarnation, roster, true);
    }
}
