package io.ticketmesh.benchmark;

/** Several nodes of one system that have found each other on loopback. The first writes, the others hear of it. */
interface Group extends AutoCloseable {
    String name();

    /** Writes one ticket through the first node; returns when a writer may go on. Thread-safe. */
    void write() throws Exception;

    /** What the other nodes have heard. */
    Arrivals arrivals();

    /** Lets go of what was written, where that is possible, so that memory does not run full. */
    default void forget() {}

    /** @throws IllegalStateException when the nodes do not hold the same */
    default void check() {}
}
