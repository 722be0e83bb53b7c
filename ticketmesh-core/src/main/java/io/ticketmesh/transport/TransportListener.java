package io.ticketmesh.transport;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;

/** Hears what a transport receives. Called by any of its threads; returns at once and never throws. */
@FunctionalInterface
public interface TransportListener {
    void received(Origin from, Message message);

    /**
     * The group has other members than before. A hint that it is time to greet them; correctness must not rest on it.
     *
     * @param members how many it has now, this one included
     */
    default void groupChanged(int members) {}
}
