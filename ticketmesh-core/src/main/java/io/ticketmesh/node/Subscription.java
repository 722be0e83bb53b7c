package io.ticketmesh.node;

/** Ends when closed, except for a call of the listener that has begun; a second close does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
