package io.ticketmesh.node;

import io.ticketmesh.replica.TicketEvent;

/** Hears of changes after the store shows them. Called by the event thread, one call at a time. */
@FunctionalInterface
public interface EventListener {
    /** Something happened. An exception is logged and the listener stays. */
    void ticketChanged(TicketEvent event);

    /** The listener was too slow and missed events; it should read anew whatever it shows. */
    default void eventsMissed() {}
}
