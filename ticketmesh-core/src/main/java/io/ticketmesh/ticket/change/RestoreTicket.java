package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;

/** Takes a deletion back. */
public record RestoreTicket() implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withDeleted(ticket.deleted().write(false, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.isDeleted();
    }
}
