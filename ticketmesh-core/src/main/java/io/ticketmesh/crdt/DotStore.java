package io.ticketmesh.crdt;

import io.ticketmesh.causality.VersionVector;

/**
 * A part of a lattice whose entries are named by operations. Whether an entry that only one side has is new or was overwritten
 * is told by what the other side has seen; the parts of one ticket share that knowledge, which keeps each of them small.
 *
 * <p>Almeida, Shoker, Baquero: Delta State Replicated Data Types (2018), there "causal CRDTs".
 */
public interface DotStore<T> {
    /**
     * Joins two copies. An entry survives when both sides have it, or when one has it and the other has not seen its operation.
     *
     * @param seenHere what the side of this copy has seen
     * @param seenThere what the side of {@code other} has seen
     */
    T join(T other, VersionVector seenHere, VersionVector seenThere);
}
