package io.ticketmesh.node;

import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.TicketId;

/**
 * Hears of changes after the store shows them, in the order in which this node applied them. Called by a thread of its own, one
 * call at a time; it may wait, write and read, and holds up nobody.
 *
 * <p>An event holds operation and states as they are replicated, with the names under which people act, also of those who were {@linkplain
 * ErasedNames erased}. Whoever shows it shows views ({@link TicketService#view}, {@link TicketService#shown(java.util.List)}) and what
 * {@link TicketService#names} calls an actor.
 */
@FunctionalInterface
public interface EventListener {
    /** Something happened. Whatever is thrown is logged and the listener stays. */
    void ticketChanged(TicketEvent event);

    /**
     * A book was written, here or elsewhere; see {@link io.ticketmesh.ticket.Book#idOf}. Does nothing by default.
     */
    default void bookWritten(TicketId book) {}

    /**
     * The listener was too slow: more than 16,384 events waited, and all of them were thrown away. It should read anew whatever it
     * shows; what it hears from now on happened later. Does nothing by default.
     */
    default void eventsMissed() {}
}
