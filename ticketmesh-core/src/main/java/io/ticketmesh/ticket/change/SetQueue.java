package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;

/** Puts the ticket into a queue. */
public record SetQueue(String queue) implements Change {
    /** The queue of a ticket that was put in none. */
    public static final String DEFAULT = "default";

    /** The most characters (UTF-16 units) of a queue's name. */
    public static final int MAX_CHARS = 64;

    public SetQueue {
        queue = Texts.slug("queue", queue, MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withQueue(ticket.queue().write(queue, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !queue.equals(ticket.queue().or(DEFAULT));
    }
}
