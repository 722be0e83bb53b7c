package io.ticketmesh.ticket;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of tickets. The order always ends in the id, ascending, so it is total.
 *
 * @param sort at most three different keys; the first decides
 * @param limit 1 to {@link #MAX_LIMIT} tickets
 * @param cursor where the page begins; null for the first page
 * @param seesInternal whether words are looked for in internal comments too
 * @param count whether the total is wanted; it may cost more than the page
 */
public record TicketQuery(
        TicketFilter filter,
        List<SortKey> sort,
        int limit,
        @Nullable PageCursor cursor,
        boolean seesInternal,
        boolean count) {
    /** The largest page. */
    public static final int MAX_LIMIT = 100;

    /** The page size when none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    public TicketQuery {
        sort = sort.isEmpty() ? List.of(SortKey.NEWEST_FIRST) : List.copyOf(sort);
        if (sort.size() > 3 || sort.stream().map(SortKey::by).distinct().count() < sort.size()) {
            throw new InvalidChangeException("sort", "names more than three keys, or one of them twice");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidChangeException(
                    "limit", "out-of-range", "is " + limit + ", not 1 to " + MAX_LIMIT, (long) MAX_LIMIT);
        }
        if (cursor != null
                && (cursor.query() != fingerprint(filter, sort)
                        || cursor.values().size() != sort.size())) {
            throw new InvalidChangeException("cursor", "belongs to a list with other filters or another order");
        }
    }

    /** The first page of living tickets, newest first. */
    public static TicketQuery newest(int limit) {
        return of(TicketFilter.LIVING, limit);
    }

    /** The first page of what {@code filter} lets through, newest first. */
    public static TicketQuery of(TicketFilter filter, int limit) {
        return new TicketQuery(filter, List.of(SortKey.NEWEST_FIRST), limit, null, true, false);
    }

    /** The same list from another place. */
    public TicketQuery at(@Nullable PageCursor cursor) {
        return new TicketQuery(filter, sort, limit, cursor, seesInternal, count);
    }

    /** The whole order of the list. */
    public Comparator<Ticket> order() {
        Comparator<Ticket> order = sort.get(0).comparator();
        for (SortKey key : sort.subList(1, sort.size())) {
            order = order.thenComparing(key.comparator());
        }
        return order.thenComparing(Ticket::id);
    }

    /** The cursor of the page that begins behind {@code last}. */
    public PageCursor after(Ticket last) {
        return cursorAt(last, false);
    }

    /** The cursor of the page that ends before {@code first}. */
    public PageCursor before(Ticket first) {
        return cursorAt(first, true);
    }

    private PageCursor cursorAt(Ticket ticket, boolean backward) {
        List<Long> values = sort.stream().map(key -> key.by().valueOf(ticket)).toList();
        return new PageCursor(fingerprint(filter, sort), values, ticket.id(), backward);
    }

    private static long fingerprint(TicketFilter filter, List<SortKey> sort) {
        return filter.fingerprint() * 31
                + new io.ticketmesh.causality.Fingerprint().add(sort.toString()).value();
    }
}
