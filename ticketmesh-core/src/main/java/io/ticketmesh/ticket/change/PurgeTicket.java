package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;

/**
 * Removes the ticket for good: its state is replaced by a tombstone, and operations on it that come later or are concurrent are
 * dropped. Who applies operations does this; there is no ticket left for the change to apply to.
 */
public record PurgeTicket() implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket;
    }
}
