package io.ticketmesh.search;

import io.ticketmesh.ticket.TicketQuery;
import java.time.Duration;

/**
 * Finds tickets by their words. An index follows a store on its own and is never the source of truth: it can be thrown away and
 * made again at any time. What it finds is defined by {@link io.ticketmesh.ticket.Criterion#matches} and {@link TicketQuery#order}.
 *
 * <p>Any thread may call, at any time; calls do not wait for each other. Serves queries without text too, but the store is quicker
 * at those.
 */
public interface SearchIndex extends AutoCloseable {
    /** How long {@link #page(TicketQuery)} waits for the index to catch up: 2 seconds. */
    Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * The page that {@code query} asks for, from an index that holds all that the store held when the call began.
     *
     * @param patience how long to wait for that at most; when it is over, the answer comes from what is there, and says so. Too
     *     short: answers miss the newest tickets while many are written. Too long: searches hang while the index is rebuilt.
     * @throws SearchFailedException when the index is closed or its files failed; it mends itself, and a retry is safe
     */
    SearchPage page(TicketQuery query, Duration patience);

    /** {@link #page(TicketQuery, Duration)} with a patience of {@link #PATIENCE}. */
    default SearchPage page(TicketQuery query) {
        return page(query, PATIENCE);
    }

    /**
     * Tickets like one that is being written.
     *
     * @param patience as for {@link #page(TicketQuery, Duration)}
     * @throws SearchFailedException as there
     */
    Suggestions similar(SimilarQuery query, Duration patience);

    /** {@link #similar(SimilarQuery, Duration)} with a patience of {@link #PATIENCE}. */
    default Suggestions similar(SimilarQuery query) {
        return similar(query, PATIENCE);
    }

    /** How the index is doing; never blocks longer than a read of the store. */
    SearchStatus status();

    /** Stops following and lets go of files and threads; waits for the work at hand. A second call does nothing. */
    @Override
    void close();
}
