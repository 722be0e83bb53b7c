package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Criterion.AnyOf;
import io.ticketmesh.ticket.Criterion.Deleted;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query for a page. When the index shows that few tickets come into question they are loaded and sorted; else the
 * list is walked in its order from the cursor on, and each ticket is checked. For one thread.
 */
final class PageReader {
    /** So many tickets are loaded and sorted in about the time that a page may take. */
    static final int FEW = 500;

    private final Tables tables;
    private final TicketQuery query;
    private final int few;
    private final Set<TicketId> offered = new HashSet<>();

    /** @param few how many tickets are loaded and sorted rather than walked through; as a rule {@link #FEW} */
    PageReader(Tables tables, TicketQuery query, int few) {
        if (query.ranked()) {
            throw new UnsupportedOperationException("The database has no order by relevance; ask the search index");
        }
        this.few = few;
        this.tables = tables;
        this.query = query;
    }

    TicketPage page() {
        List<Ticket> few = few();
        return few == null ? walk() : cut(few);
    }

    // Few tickets

    /** All tickets of the list, sorted; null when they may be many. */
    private @Nullable List<Ticket> few() {
        List<Criterion> criteria = query.filter().criteria();
        for (Criterion criterion : criteria) {
            if (criterion instanceof AnyOf any && any.field() == Criterion.Field.KEY && !any.negated()) {
                return sorted(withKeys(any.values()));
            }
        }
        Family first = Family.of(query.sort().get(0).by());
        if (Candidates.of(first, criteria, tables).exact()) {
            return null;
        }
        long most = few < 0 ? few : Math.max(few, worthSorting());
        for (Family family : Family.values()) {
            Candidates candidates = Candidates.of(family, criteria, tables);
            if (candidates.narrow() && candidates.rows().count(most + 1) <= most) {
                return sorted(ids(Candidates.of(family, criteria, tables).rows()));
            }
        }
        return null;
    }

    /** Of so many among all, sorting loads fewer than walking until a page is found, if they are spread evenly. */
    private long worthSorting() {
        return (long) Math.sqrt((double) query.limit() * tables.counters.living());
    }

    private List<TicketId> withKeys(Set<String> keys) {
        List<TicketId> ids = new ArrayList<>();
        for (String key : keys) {
            String normal = TicketKey.normalize(key);
            if (normal != null) {
                TicketKey whole = TicketKey.first(normal);
                ids.addAll(tables.withKeys(whole, whole, Integer.MAX_VALUE));
            }
        }
        return ids;
    }

    private static List<TicketId> ids(Postings rows) {
        List<TicketId> ids = new ArrayList<>();
        long[] row = Rows.first(Long.MIN_VALUE);
        boolean more = true;
        while (more && rows.ceiling(row, row)) {
            ids.add(Ids.ticket(row[1], row[2]));
            more = Rows.increment(row);
        }
        return ids;
    }

    private List<Ticket> sorted(List<TicketId> ids) {
        List<Ticket> tickets = new ArrayList<>();
        for (TicketId id : ids) {
            Ticket ticket = matching(id);
            if (ticket != null && offered.add(id)) {
                tickets.add(ticket);
            }
        }
        tickets.sort(query.order());
        return tickets;
    }

    private TicketPage cut(List<Ticket> sorted) {
        PageCursor cursor = query.cursor();
        int start = 0;
        int end = Math.min(query.limit(), sorted.size());
        if (cursor != null && cursor.backward()) {
            end = before(cursor, sorted, 0);
            start = Math.max(0, end - query.limit());
        } else if (cursor != null) {
            start = before(cursor, sorted, 1);
            end = Math.min(start + query.limit(), sorted.size());
        }
        Long total = query.count() ? (long) sorted.size() : null;
        return page(sorted.subList(start, end), end < sorted.size(), start > 0, total);
    }

    /** How many tickets stand before the cursor's place, or with {@code atMost} 1 at it. */
    private int before(PageCursor cursor, List<Ticket> sorted, int atMost) {
        int count = 0;
        while (count < sorted.size() && Stretch.compare(sorted.get(count), cursor, query.sort()) < atMost) {
            count++;
        }
        return count;
    }

    private TicketPage page(List<Ticket> tickets, boolean hasNext, boolean hasPrevious, @Nullable Long total) {
        boolean empty = tickets.isEmpty();
        return new TicketPage(
                tickets,
                hasNext && !empty ? query.after(tickets.get(tickets.size() - 1)) : null,
                hasPrevious && !empty ? query.before(tickets.get(0)) : null,
                total);
    }

    // Many tickets

    private TicketPage walk() {
        PageCursor cursor = query.cursor();
        boolean backward = cursor != null && cursor.backward();
        List<Ticket> found = take(cursor, backward, query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<Ticket> tickets = new ArrayList<>(more ? found.subList(0, query.limit()) : found);
        Long total = query.count() ? total() : null;
        if (tickets.isEmpty()) {
            return page(tickets, false, false, total);
        }
        if (backward) {
            Collections.reverse(tickets);
            Ticket last = tickets.get(tickets.size() - 1);
            return page(tickets, !take(query.after(last), false, 1).isEmpty(), more, total);
        }
        boolean hasPrevious =
                cursor != null && !take(query.before(tickets.get(0)), true, 1).isEmpty();
        return page(tickets, more, hasPrevious, total);
    }

    private List<Ticket> take(@Nullable PageCursor cursor, boolean backward, int most) {
        List<Ticket> taken = new ArrayList<>();
        offered.clear();
        Predicate<Ticket> sink = ticket -> {
            if (offered.add(ticket.id())) {
                taken.add(ticket);
            }
            return taken.size() < most;
        };
        List<Stretch> stretches = new ArrayList<>();
        addStretches(List.of(), query.filter().criteria(), stretches);
        if (backward) {
            Collections.reverse(stretches);
        }
        for (Stretch stretch : stretches) {
            int place = cursor == null ? 0 : stretch.compare(cursor);
            boolean passed = backward ? place < 0 : place > 0;
            if (!passed && !stretch.walk(place == 0 ? cursor : null, backward, sink)) {
                break;
            }
        }
        return taken;
    }

    /** The stretches of the list in which the first sort keys have the values of {@code prefix}. */
    private void addStretches(List<Long> prefix, List<Criterion> criteria, List<Stretch> stretches) {
        int depth = prefix.size();
        SortKey key = query.sort().get(depth);
        boolean last = depth + 1 == query.sort().size();
        Family family = Family.of(key.by());
        if (family == Family.PRIORITY && !last) {
            ranks(key.descending())
                    .forEach((rank, names) -> addStretches(longer(prefix, rank), with(criteria, names), stretches));
            return;
        }
        boolean due = family == Family.DUE;
        stretches.add(stretch(
                prefix, due, family, Candidates.of(family, criteria, tables).rows()));
        if (due && last) {
            Postings rows = Candidates.of(family, criteria, tables).rows();
            Postings never = new RangePostings(rows, Long.MAX_VALUE, Long.MAX_VALUE);
            stretches.add(stretch(longer(prefix, Long.MAX_VALUE), false, family, never));
        } else if (due) {
            addStretches(longer(prefix, Long.MAX_VALUE), criteria, stretches);
        }
    }

    private Stretch stretch(List<Long> prefix, boolean presentOnly, Family family, Postings rows) {
        return new Stretch(query, prefix, presentOnly, family, rows, this::matching);
    }

    private static List<Long> longer(List<Long> prefix, long value) {
        List<Long> longer = new ArrayList<>(prefix);
        longer.add(value);
        return longer;
    }

    private static List<Criterion> with(List<Criterion> criteria, Set<String> priorities) {
        List<Criterion> more = new ArrayList<>(criteria);
        more.add(new AnyOf(Criterion.Field.PRIORITY, priorities, false));
        return more;
    }

    /** The names of all priorities by their ranks, in the order of the list. */
    private SortedMap<Long, Set<String>> ranks(boolean descending) {
        Comparator<Long> order = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        SortedMap<Long, Set<String>> ranks = new TreeMap<>(order);
        for (Priority priority : tables.counters.priorities()) {
            ranks.computeIfAbsent((long) priority.rank(), rank -> new HashSet<>())
                    .add(priority.name());
        }
        return ranks;
    }

    private @Nullable Ticket matching(TicketId id) {
        Optional<Ticket> found = tables.tickets.get(id);
        return found.isPresent() && query.filter().matches(found.get(), () -> texts(found.get())) ? found.get() : null;
    }

    private List<String> texts(Ticket ticket) {
        List<String> texts = new ArrayList<>();
        for (Comment comment : tables.comments.withPrefix(Ids.high(ticket.id()), Ids.low(ticket.id()))) {
            ticket.comments()
                    .get(comment.id())
                    .filter(head -> query.seesInternal() || head.kind() != CommentKind.INTERNAL)
                    .ifPresent(head -> texts.add(comment.text()));
        }
        return texts;
    }

    // Total

    private long total() {
        List<Criterion> criteria = query.filter().criteria();
        Long counted = counted(criteria);
        if (counted != null) {
            return counted;
        }
        Candidates driving = null;
        for (Family family : Family.values()) {
            Candidates candidates = Candidates.of(family, criteria, tables);
            if (candidates.exact()) {
                return candidates.rows().count(Long.MAX_VALUE);
            }
            if (driving == null || candidates.narrow() && !driving.narrow()) {
                driving = candidates;
            }
        }
        return driving == null ? 0 : scan(driving.rows());
    }

    /** The total if it is one of the counters. */
    private @Nullable Long counted(List<Criterion> criteria) {
        boolean living = criteria.contains(new Deleted(true));
        List<Criterion> others = criteria.stream()
                .filter(criterion -> !(criterion instanceof Deleted))
                .toList();
        boolean deleted = criteria.contains(new Deleted(false));
        if (living && deleted) {
            return 0L;
        } else if (others.isEmpty()) {
            return (deleted ? 0 : tables.counters.living()) + (living ? 0 : tables.counters.deleted());
        } else if (living
                && others.size() == 1
                && others.get(0) instanceof AnyOf any
                && Counters.isCounted(any.field())) {
            long having = tables.counters.living(any.field(), any.values());
            return any.negated() ? tables.counters.living() - having : having;
        }
        return null;
    }

    private long scan(Postings rows) {
        long[] row = Rows.first(Long.MIN_VALUE);
        long count = 0;
        boolean more = true;
        while (more && rows.ceiling(row, row)) {
            if (matching(Ids.ticket(row[1], row[2])) != null) {
                count++;
            }
            more = Rows.increment(row);
        }
        return count;
    }
}
