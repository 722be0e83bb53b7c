package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Link;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import java.util.List;

/** Refers to another ticket. */
public record AddLink(LinkType type, TicketId target) implements Change {
    /** The most links that one ticket can have. */
    public static final int MAX_LINKS = 200;

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withLinks(ticket.links().put(new Link(type, target), true, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.id().equals(target)) {
            throw new InvalidChangeException("links", "self", "leads from the ticket to itself", null);
        }
        if (ticket.links().size() >= MAX_LINKS && affects(ticket)) {
            throw new InvalidChangeException(
                    "links", "too-many", "has more than " + MAX_LINKS + " links", (long) MAX_LINKS);
        }
    }

    @Override
    public List<TicketId> references() {
        return List.of(target);
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.links().contains(new Link(type, target));
    }
}
