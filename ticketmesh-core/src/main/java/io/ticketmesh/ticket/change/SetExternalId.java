package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;

/** Notes the name that the ticket has in the system from which it was imported; 1 to 255 characters. */
public record SetExternalId(String externalId) implements Change {
    /** The most characters (UTF-16 units) of an external id. */
    public static final int MAX_CHARS = 255;

    public SetExternalId {
        externalId = Texts.line("externalId", externalId, MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withExternalId(ticket.externalId().write(externalId, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !externalId.equals(ticket.externalId().or(""));
    }
}
