package io.ticketmesh.search;

import io.ticketmesh.ticket.TicketPage;

/**
 * What a search found.
 *
 * @param complete whether the index held all that the store held when the search began; when not, tickets may be missing, and the
 *     same search finds more a little later
 */
public record SearchPage(TicketPage page, boolean complete) {}
