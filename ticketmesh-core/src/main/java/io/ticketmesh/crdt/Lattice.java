package io.ticketmesh.crdt;

/**
 * A value that knows how to meet another copy of itself. Merging is commutative, associative and idempotent, so replicas that
 * merged the same copies hold the same value, whatever the order and however often. It is total: it never throws.
 *
 * <p>Shapiro et al., Conflict-free Replicated Data Types (SSS 2011).
 */
public interface Lattice<T> {
    /** The least value that holds both this and {@code other}. */
    T merge(T other);
}
