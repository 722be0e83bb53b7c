package io.ticketmesh.spring.rest;

import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import org.jspecify.annotations.Nullable;

/**
 * Who reads news, and which. A purge is for everybody for whom there are all tickets, since nobody can tell any more what the ticket was
 * like. What somebody may not read now he is not told of, whatever he could read when it happened.
 *
 * @param filter what a ticket must meet after a change
 */
record EventReader(TicketService service, TicketFilter filter, Rights rights) {
    /** What he is told; null when it is not for him. */
    @Nullable
    TicketNews share(TicketNews news) {
        TicketNews visible = rights.seesInternal() ? news : news.publicly();
        if (visible == null || !isThere(visible)) {
            return null;
        }
        Ticket ticket = visible.ticket();
        return ticket == null || filter.matches(ticket, () -> rights.texts(ticket.id())) ? visible : null;
    }

    private boolean isThere(TicketNews news) {
        return rights.seesAll()
                || service.find(news.ticketId())
                        .filter(ticket -> rights.sees(ticket.state()))
                        .isPresent();
    }
}
