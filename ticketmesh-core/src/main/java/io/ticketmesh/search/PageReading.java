package io.ticketmesh.search;

import io.ticketmesh.search.Strata.Stratum;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page from one state of the index. Every row is loaded from the store and asked again, for it may have changed since it
 * was indexed. Cursors are made of what the index holds, not of what was loaded: the walk goes through the index, so a row that
 * changes under way moves nobody else.
 *
 * <p>Used by one thread, for one page.
 */
final class PageReading {
    /** So many rows are loaded at a time to count those that only a judge can tell. */
    private static final int COUNTED_AT_ONCE = 1_000;

    private final IndexSearcher searcher;
    private final TicketReader store;
    private final TicketQuery query;
    private final Query translated;
    private final List<Stratum> strata;

    /** A ticket, and what a cursor to it holds. */
    private record Row(Ticket ticket, List<Long> values) {}

    PageReading(IndexSearcher searcher, TicketReader store, TicketQuery query) {
        this.searcher = searcher;
        this.store = store;
        this.query = query;
        this.translated = CriteriaTranslation.of(query.filter(), query.seesInternal());
        this.strata = Strata.of(query, translated);
    }

    TicketPage read() throws IOException {
        PageCursor cursor = query.cursor();
        boolean backward = cursor != null && cursor.backward();
        ListOrder order = new ListOrder(query.sort(), backward);
        List<Row> rows = rows(order, cursor, query.limit() + 1);
        boolean more = rows.size() > query.limit();
        if (more) {
            rows.remove(rows.size() - 1);
        }
        Long total = query.count() ? total(order) : null;
        if (rows.isEmpty()) {
            return new TicketPage(List.of(), null, null, total);
        }
        boolean elsewhere = cursor != null && isAnythingBefore(rows.get(0), order);
        if (backward) {
            Collections.reverse(rows);
        }
        boolean hasNext = backward ? elsewhere : more;
        boolean hasPrevious = backward ? more : elsewhere;
        return new TicketPage(
                rows.stream().map(Row::ticket).toList(),
                hasNext ? cursorAt(rows.get(rows.size() - 1), false) : null,
                hasPrevious ? cursorAt(rows.get(0), true) : null,
                total);
    }

    private long total(ListOrder order) throws IOException {
        if (query.filter().criteria().stream().noneMatch(Criterion.Judged.class::isInstance)) {
            return searcher.count(translated);
        }
        long total = 0;
        PageCursor place = null;
        List<Row> rows;
        do {
            rows = rows(order, place, COUNTED_AT_ONCE);
            total += rows.size();
            if (!rows.isEmpty()) {
                place = cursorAt(rows.get(rows.size() - 1), order.backward());
            }
        } while (rows.size() == COUNTED_AT_ONCE);
        return total;
    }

    private boolean isAnythingBefore(Row row, ListOrder order) throws IOException {
        ListOrder reversed = order.reversed();
        return !rows(reversed, cursorAt(row, reversed.backward()), 1).isEmpty();
    }

    /** Rows in that order from behind the place on; from the beginning when it is null. */
    private List<Row> rows(ListOrder order, @Nullable PageCursor place, int wanted) throws IOException {
        List<Stratum> inOrder = new ArrayList<>(strata);
        if (order.backward()) {
            Collections.reverse(inOrder);
        }
        List<Row> rows = new ArrayList<>();
        for (Stratum stratum : inOrder) {
            int side = place == null ? 1 : stratum.compareTo(place, order.backward());
            if (side >= 0 && rows.size() < wanted) {
                FieldDoc after = side == 0 && place != null ? order.behind(stratum.keysOf(place), place.id()) : null;
                collect(stratum, order, after, wanted, rows);
            }
        }
        return rows;
    }

    private void collect(Stratum stratum, ListOrder order, @Nullable FieldDoc place, int wanted, List<Row> rows)
            throws IOException {
        FieldDoc after = place;
        ScoreDoc[] hits;
        do {
            hits = searcher.search(stratum.hits(), new TopFieldCollectorManager(order.sort(), wanted, after, wanted))
                    .scoreDocs;
            for (int i = 0; i < hits.length && rows.size() < wanted; i++) {
                FieldDoc row = (FieldDoc) hits[i];
                List<Long> keys = order.valuesOf(row);
                load(order.idOf(row)).ifPresent(ticket -> rows.add(new Row(ticket, stratum.valuesWith(keys))));
                after = order.behind(keys, order.idOf(row));
            }
        } while (hits.length == wanted && rows.size() < wanted);
    }

    private Optional<Ticket> load(TicketId id) {
        TicketFilter filter = query.filter();
        return store.ticket(id)
                .filter(ticket -> filter.matches(
                        ticket, () -> TicketDocument.textsOf(ticket, store.comments(id), query.seesInternal())));
    }

    private PageCursor cursorAt(Row row, boolean backward) {
        long fingerprint = query.after(row.ticket()).query();
        return new PageCursor(fingerprint, row.values(), row.ticket().id(), backward);
    }
}
