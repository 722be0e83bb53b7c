package io.ticketmesh.transport;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;

/** Hears what a transport receives. Called by any of its threads; returns at once and never throws. */
@FunctionalInterface
public interface TransportListener {
    void received(Origin from, Message message);

    /** The members that can be reached are others now: so many, this one among them. */
    default void groupChanged(int members) {}
}
