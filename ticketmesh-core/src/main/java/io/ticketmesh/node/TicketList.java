package io.ticketmesh.node;

import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.TicketView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins; null on the last one
 * @param previous where the page before ends; null on the first one
 * @param total how many tickets the whole list has; null unless asked for
 * @param complete whether the newest writes could be looked through too; only lists with words can be behind
 */
public record TicketList(
        List<TicketView> items,
        @Nullable PageCursor next,
        @Nullable PageCursor previous,
        @Nullable Long total,
        boolean complete) {
    public TicketList {
        items = List.copyOf(items);
    }
}
