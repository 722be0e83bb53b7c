package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a sorted list that the index can walk through in one family: all of it, or the tickets of one rank, or those that
 * are never due. The list is its stretches one behind the other.
 */
final class Stretch {
    private final TicketQuery query;

    /** The values of the first sort keys, the same for all tickets here. */
    private final List<Long> prefix;

    /** Whether the first sort key behind the prefix leaves out tickets that have no value for it. */
    private final boolean presentOnly;

    private final Postings rows;
    private final Family family;

    /** Whether groups of equal places come in the order of the lists. */
    private final boolean asListed;

    /** Whether tickets of equal place are ordered by their ids alone. */
    private final boolean byIdWithin;

    /** The ticket of an id, if it belongs into the list. */
    private final Function<TicketId, @Nullable Ticket> matching;

    Stretch(
            TicketQuery query,
            List<Long> prefix,
            boolean presentOnly,
            Family family,
            Postings rows,
            Function<TicketId, @Nullable Ticket> matching) {
        this.query = query;
        this.prefix = prefix;
        this.presentOnly = presentOnly;
        this.family = family;
        this.rows = presentOnly ? new RangePostings(rows, Long.MIN_VALUE, family.place(Long.MAX_VALUE) - 1) : rows;
        this.matching = matching;
        int depth = prefix.size();
        boolean sorted = depth < query.sort().size();
        this.asListed = !sorted || query.sort().get(depth).descending() == family.descending();
        this.byIdWithin = depth + 1 >= query.sort().size();
    }

    /** Whether the place of a cursor is before this stretch (below 0), in it (0) or behind it. */
    int compare(PageCursor cursor) {
        for (int i = 0; i < prefix.size(); i++) {
            int comparison = query.sort().get(i).compareValues(cursor.values().get(i), prefix.get(i));
            if (comparison != 0) {
                return comparison;
            }
        }
        return presentOnly && cursor.values().get(prefix.size()) == Long.MAX_VALUE ? 1 : 0;
    }

    /**
     * Hands tickets to {@code sink} in the order of the list until it returns false.
     *
     * @param cursor where to begin; null for the whole stretch
     * @param backward against the order, from the end or from the row before the cursor on
     * @return whether the stretch was walked to its end
     */
    boolean walk(@Nullable PageCursor cursor, boolean backward, Predicate<Ticket> sink) {
        boolean groupsUp = asListed != backward;
        long[] row = groupsUp ? Rows.first(Long.MIN_VALUE) : Rows.last(Long.MAX_VALUE);
        if (!byIdWithin) {
            return walkGroups(cursor, backward, groupsUp, sink);
        }
        boolean idsUp = !backward;
        if (cursor != null) {
            long place = placeOf(cursor);
            row = new long[] {place, Ids.high(cursor.id()), Ids.low(cursor.id())};
            if (!advance(row, idsUp)) {
                return true;
            }
            if (groupsUp != idsUp) {
                if (!walkGroup(place, row, idsUp, sink)) {
                    return false;
                }
                row = groupsUp ? Rows.last(place) : Rows.first(place);
                if (!advance(row, groupsUp)) {
                    return true;
                }
            }
        }
        return groupsUp == idsUp ? walkRows(row, groupsUp, sink) : walkFromGroupToGroup(row, groupsUp, sink);
    }

    private long placeOf(PageCursor cursor) {
        int depth = prefix.size();
        // without a sort key of its own the stretch is one group
        return depth < query.sort().size()
                ? family.place(cursor.values().get(depth))
                : family.place(prefix.get(depth - 1));
    }

    private boolean step(long[] from, long[] row, boolean up) {
        return up ? rows.ceiling(from, row) : rows.floor(from, row);
    }

    private static boolean advance(long[] row, boolean up) {
        return up ? Rows.increment(row) : Rows.decrement(row);
    }

    /** Groups and ids run the same way: plain steps. */
    private boolean walkRows(long[] from, boolean up, Predicate<Ticket> sink) {
        long[] row = from.clone();
        boolean more = true;
        while (more && step(row, row, up)) {
            if (!offer(row, sink)) {
                return false;
            }
            more = advance(row, up);
        }
        return true;
    }

    /** Groups run against their ids: leap to the next group, then step through it. */
    private boolean walkFromGroupToGroup(long[] from, boolean groupsUp, Predicate<Ticket> sink) {
        long[] row = from.clone();
        boolean more = true;
        while (more && step(row, row, groupsUp)) {
            long place = row[0];
            long[] start = groupsUp ? Rows.last(place) : Rows.first(place);
            if (!walkGroup(place, start, !groupsUp, sink)) {
                return false;
            }
            row = start;
            more = advance(row, groupsUp);
        }
        return true;
    }

    private boolean walkGroup(long place, long[] from, boolean up, Predicate<Ticket> sink) {
        long[] row = from.clone();
        boolean more = true;
        while (more && step(row, row, up) && row[0] == place) {
            if (!offer(row, sink)) {
                return false;
            }
            more = advance(row, up);
        }
        return true;
    }

    private boolean offer(long[] row, Predicate<Ticket> sink) {
        Ticket ticket = at(row);
        return ticket == null || sink.test(ticket);
    }

    /** The ticket of a row; null when it does not match, or has moved meanwhile. */
    private @Nullable Ticket at(long[] row) {
        Ticket ticket = matching.apply(Ids.ticket(row[1], row[2]));
        return ticket != null && family.place(ticket) == row[0] && hasPrefix(ticket) ? ticket : null;
    }

    private boolean hasPrefix(Ticket ticket) {
        for (int i = 0; i < prefix.size(); i++) {
            if (query.sort().get(i).by().valueOf(ticket) != prefix.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Further sort keys decide within a group: sort group by group. */
    private boolean walkGroups(
            @Nullable PageCursor cursor, boolean backward, boolean groupsUp, Predicate<Ticket> sink) {
        long start = groupsUp ? Long.MIN_VALUE : Long.MAX_VALUE;
        if (cursor != null) {
            start = placeOf(cursor);
        }
        long[] row = groupsUp ? Rows.first(start) : Rows.last(start);
        Comparator<Ticket> order = backward ? query.order().reversed() : query.order();
        boolean more = true;
        while (more && step(row, row, groupsUp)) {
            long place = row[0];
            List<Ticket> group = new ArrayList<>();
            while (more && row[0] == place) {
                Ticket ticket = at(row);
                if (ticket != null && (cursor == null || isBeyond(ticket, cursor, backward))) {
                    group.add(ticket);
                }
                more = advance(row, groupsUp) && step(row, row, groupsUp);
            }
            group.sort(order);
            for (Ticket ticket : group) {
                if (!sink.test(ticket)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isBeyond(Ticket ticket, PageCursor cursor, boolean backward) {
        int comparison = compare(ticket, cursor, query.sort());
        return backward ? comparison < 0 : comparison > 0;
    }

    /** Where a ticket stands in the list, compared with the place of a cursor. */
    static int compare(Ticket ticket, PageCursor cursor, List<SortKey> sort) {
        for (int i = 0; i < sort.size(); i++) {
            SortKey key = sort.get(i);
            int comparison =
                    key.compareValues(key.by().valueOf(ticket), cursor.values().get(i));
            if (comparison != 0) {
                return comparison;
            }
        }
        return ticket.id().compareTo(cursor.id());
    }
}
