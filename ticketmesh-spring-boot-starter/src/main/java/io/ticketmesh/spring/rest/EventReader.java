package io.ticketmesh.spring.rest;

import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.UnknownTicketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who reads news, and which. A purge is for everybody, since nobody can tell any more what the ticket was like.
 *
 * @param filter what a ticket must meet after a change
 */
record EventReader(TicketService service, TicketFilter filter, boolean seesInternal) {
    /** What he is told; null when it is not for him. */
    @Nullable
    TicketNews share(TicketNews news) {
        TicketNews visible = seesInternal ? news : news.publicly();
        if (visible == null) {
            return null;
        }
        Ticket ticket = visible.ticket();
        return ticket == null || filter.matches(ticket, () -> comments(ticket)) ? visible : null;
    }

    private List<String> comments(Ticket ticket) {
        try {
            return service.comments(ticket.id(), seesInternal).stream()
                    .map(comment -> comment.body())
                    .toList();
        } catch (UnknownTicketException | GoneTicketException purgedMeanwhile) {
            return List.of();
        }
    }
}
