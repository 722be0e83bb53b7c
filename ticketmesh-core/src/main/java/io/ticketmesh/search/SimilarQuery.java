package io.ticketmesh.search;

import io.ticketmesh.ticket.TicketFilter;

/**
 * Asks for tickets like one that is being written. Its first {@link #MAX_WORDS} different words count, those of the title before
 * those of the description.
 *
 * @param title may be empty
 * @param description may be empty
 * @param wanted which tickets may be found
 * @param scope which tickets there are for the reader: they alone say how rare a word is, so that he learns nothing of others. When
 *     only asking for each can tell ({@link io.ticketmesh.ticket.Criterion.Judged}), all words weigh alike
 * @param seesInternal whether {@code wanted} and {@code scope} may look for words in internal comments
 * @param limit the most that are found, from 1; of judged ones, fewer may be found than there are
 */
public record SimilarQuery(
        String title, String description, TicketFilter wanted, TicketFilter scope, boolean seesInternal, int limit) {
    /** So many words decide. */
    public static final int MAX_WORDS = 48;
}
