package io.ticketmesh.ticket;

import io.ticketmesh.causality.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one page of tickets. The order always ends in the id, ascending, so it is total.
 *
 * @param sort at most three different keys, or two when ranked; the first decides
 * @param limit 1 to {@link #MAX_LIMIT} tickets
 * @param cursor where the page begins; null for the first page
 * @param seesInternal whether words are looked for in internal comments too
 * @param count whether the total is wanted; it may cost more than the page
 * @param ranked whether the {@link Relevance} decides before {@code sort} does; false when no words are looked for. Only a search
 *     index answers such queries
 */
public record TicketQuery(
        TicketFilter filter,
        List<SortKey> sort,
        int limit,
        @Nullable PageCursor cursor,
        boolean seesInternal,
        boolean count,
        boolean ranked) {
    /** The largest page. */
    public static final int MAX_LIMIT = 100;

    /** The page size when none is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_KEYS = 3;

    public TicketQuery {
        sort = sort.isEmpty() ? List.of(SortKey.NEWEST_FIRST) : List.copyOf(sort);
        ranked = ranked && !filter.wantedText().isEmpty();
        if (sort.size() > (ranked ? MAX_KEYS - 1 : MAX_KEYS)
                || sort.stream().map(SortKey::by).distinct().count() < sort.size()) {
            throw new InvalidChangeException("sort", "names more than three keys, or one of them twice");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidChangeException(
                    "limit", "out-of-range", "is " + limit + ", not 1 to " + MAX_LIMIT, (long) MAX_LIMIT);
        }
        if (cursor != null
                && (cursor.query() != fingerprint(filter, sort, ranked)
                        || cursor.values().size() != (ranked ? 1 : 0) + sort.size())) {
            throw new InvalidChangeException("cursor", "belongs to a list with other filters or another order");
        }
    }

    /** A query whose order {@code sort} alone decides. */
    public TicketQuery(
            TicketFilter filter,
            List<SortKey> sort,
            int limit,
            @Nullable PageCursor cursor,
            boolean seesInternal,
            boolean count) {
        this(filter, sort, limit, cursor, seesInternal, count, false);
    }

    /** The first page of living tickets, newest first. */
    public static TicketQuery newest(int limit) {
        return of(TicketFilter.LIVING, limit);
    }

    /** The first page of what {@code filter} lets through, newest first. */
    public static TicketQuery of(TicketFilter filter, int limit) {
        return new TicketQuery(filter, List.of(SortKey.NEWEST_FIRST), limit, null, true, false);
    }

    /**
     * The first page of what {@code filter} lets through, the most relevant first, and of equally relevant ones the newest; without
     * words to look for, newest first.
     */
    public static TicketQuery ranked(TicketFilter filter, int limit) {
        return new TicketQuery(filter, List.of(SortKey.NEWEST_FIRST), limit, null, true, false, true);
    }

    /** The same list from another place. */
    public TicketQuery at(@Nullable PageCursor cursor) {
        return new TicketQuery(filter, sort, limit, cursor, seesInternal, count, ranked);
    }

    /** The whole order of the list. */
    public Comparator<Ticket> order() {
        Comparator<Ticket> order = sort.get(0).comparator();
        for (SortKey key : sort.subList(1, sort.size())) {
            order = order.thenComparing(key.comparator());
        }
        order = order.thenComparing(Ticket::id);
        if (!ranked) {
            return order;
        }
        Relevance relevance = Relevance.of(filter);
        Comparator<Ticket> byRelevance = Comparator.comparingInt(relevance::levelOf);
        return byRelevance.reversed().thenComparing(order);
    }

    /** Where the ticket stands in this list: below 0 before the cursor's place, above 0 behind it. */
    public int compare(Ticket ticket, PageCursor place) {
        List<Long> values = cursorAt(ticket, false).values();
        int first = ranked ? 1 : 0;
        int comparison = ranked ? Long.compare(place.values().get(0), values.get(0)) : 0;
        for (int i = 0; i < sort.size() && comparison == 0; i++) {
            comparison = sort.get(i)
                    .compareValues(values.get(first + i), place.values().get(first + i));
        }
        return comparison != 0 ? comparison : ticket.id().compareTo(place.id());
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
        List<Long> values = new ArrayList<>();
        if (ranked) {
            values.add((long) Relevance.of(filter).levelOf(ticket));
        }
        sort.forEach(key -> values.add(key.by().valueOf(ticket)));
        return new PageCursor(fingerprint(filter, sort, ranked), values, ticket.id(), backward);
    }

    private static long fingerprint(TicketFilter filter, List<SortKey> sort, boolean ranked) {
        String order = ranked ? "ranked" + sort : sort.toString();
        return filter.fingerprint() * 31 + new Fingerprint().add(order).value();
    }
}
