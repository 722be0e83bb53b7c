package io.ticketmesh.node;

import io.ticketmesh.ticket.TicketView;
import java.util.List;

/**
 * Open tickets like one that is being written, the most similar first.
 *
 * @param complete whether the newest writes could be looked through too
 */
public record SimilarTickets(List<SimilarTicket> items, boolean complete) {
    /** How many there are at most, unless it is said otherwise. */
    public static final int DEFAULT_LIMIT = 5;

    /** How many can be asked for. */
    public static final int MAX_LIMIT = 20;

    /** So much of a description is looked at, in characters (UTF-16 units). */
    public static final int MAX_DESCRIPTION_CHARS = 500;

    public SimilarTickets {
        items = List.copyOf(items);
    }

    /**
     * One of them.
     *
     * @param similarity above 0, to 1 when all words stand in its title
     */
    public record SimilarTicket(TicketView ticket, double similarity) {}
}
