package io.ticketmesh.node;

/** Ends when closed; a second call does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
