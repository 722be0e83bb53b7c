package io.ticketmesh.store;

import io.ticketmesh.ticket.TicketId;
import java.util.List;

/**
 * A part of the list of changed tickets.
 *
 * @param tickets in the order of their changes
 * @param next where the list goes on
 */
public record ChangedTickets(List<TicketId> tickets, long next) {
    public ChangedTickets {
        tickets = List.copyOf(tickets);
    }
}
