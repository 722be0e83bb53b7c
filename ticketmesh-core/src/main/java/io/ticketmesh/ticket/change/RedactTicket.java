package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;

/**
 * Takes title, description and custom fields of a ticket away, with all that they ever were, for good and everywhere; beats writes that
 * are concurrent. Who has seen it can write them anew.
 */
public record RedactTicket() implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.redactedBy(stamp.trace());
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.redactions().isEmpty() || ticket.hasOwnTexts();
    }
}
