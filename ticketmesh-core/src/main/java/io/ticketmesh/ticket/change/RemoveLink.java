package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;

/** Takes a reference to another ticket away; a concurrent addition survives. */
public record RemoveLink(LinkType type, TicketId target) implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withLinks(ticket.links().remove(new Link(type, target), stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.links().contains(new Link(type, target));
    }
}
