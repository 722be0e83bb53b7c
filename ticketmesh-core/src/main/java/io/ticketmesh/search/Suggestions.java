package io.ticketmesh.search;

import io.ticketmesh.ticket.Ticket;
import java.util.List;

/**
 * Tickets like another, the most similar first, and of equals the newest.
 *
 * @param complete like that of {@link SearchPage}
 */
public record Suggestions(List<Suggestion> items, boolean complete) {
    public Suggestions {
        items = List.copyOf(items);
    }

    /**
     * One of them.
     *
     * @param similarity above 0, to 1 when all words stand in its title. Differs a little between nodes, whose indexes have seen
     *     different numbers of changes
     */
    public record Suggestion(Ticket ticket, double similarity) {}
}
