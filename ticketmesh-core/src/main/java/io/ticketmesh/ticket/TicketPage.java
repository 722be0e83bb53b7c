package io.ticketmesh.ticket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins; null on the last one
 * @param previous where the page before ends; null on the first one
 * @param total how many tickets the whole list has; null unless asked for
 */
public record TicketPage(
        List<Ticket> tickets,
        @Nullable PageCursor next,
        @Nullable PageCursor previous,
        @Nullable Long total) {
    public TicketPage {
        tickets = List.copyOf(tickets);
    }
}
