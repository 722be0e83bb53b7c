package io.ticketmesh.search;

import io.ticketmesh.store.TicketReader;
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

    private record Row(Ticket ticket, List<Long> values) {}

    PageReading(IndexSearcher searcher, TicketReader store, TicketQuery query) {
        this.searcher = searcher;
        this.store = store;
        this.query = query;
        this.translated = CriteriaTranslation.of(query.filter(), query.seesInternal());
    }

    TicketPage read() throws IOException {
        PageCursor cursor = query.cursor();
        boolean backward = cursor != null && cursor.backward();
        ListOrder order = new ListOrder(query.sort(), backward);
        FieldDoc place = cursor == null ? null : order.behind(cursor.values(), cursor.id());
        List<Row> rows = new ArrayList<>(rows(order, place, query.limit() + 1));
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
        if (query.filter().criteria().stream().noneMatch(CriteriaTranslation::isVague)) {
            return searcher.count(translated);
        }
        long total = 0;
        FieldDoc place = null;
        List<Row> rows;
        do {
            rows = rows(order, place, COUNTED_AT_ONCE);
            total += rows.size();
            if (!rows.isEmpty()) {
                Row last = rows.get(rows.size() - 1);
                place = order.behind(last.values(), last.ticket().id());
            }
        } while (rows.size() == COUNTED_AT_ONCE);
        return total;
    }

    private boolean isAnythingBefore(Row row, ListOrder order) throws IOException {
        ListOrder reversed = order.reversed();
        return !rows(reversed, reversed.behind(row.values(), row.ticket().id()), 1)
                .isEmpty();
    }

    private List<Row> rows(ListOrder order, @Nullable FieldDoc place, int wanted) throws IOException {
        List<Row> rows = new ArrayList<>();
        FieldDoc after = place;
        while (true) {
            ScoreDoc[] hits = searcher.search(
                            translated, new TopFieldCollectorManager(order.sort(), wanted, after, wanted))
                    .scoreDocs;
            for (ScoreDoc hit : hits) {
                FieldDoc row = (FieldDoc) hit;
                load(order.idOf(row)).ifPresent(ticket -> rows.add(new Row(ticket, order.valuesOf(row))));
                if (rows.size() == wanted) {
                    return rows;
                }
            }
            if (hits.length < wanted) {
                return rows;
            }
            FieldDoc last = (FieldDoc) hits[hits.length - 1];
            after = order.behind(order.valuesOf(last), order.idOf(last));
        }
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
