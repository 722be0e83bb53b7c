package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;

/** Hides the ticket until it is restored. Concurrent edits are kept. */
public record DeleteTicket() implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withDeleted(ticket.deleted().write(true, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.isDeleted();
    }
}
