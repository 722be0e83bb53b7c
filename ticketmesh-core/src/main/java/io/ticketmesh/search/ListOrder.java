package io.ticketmesh.search;

import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;

/**
 * The order of a list in Lucene's words, forward or backward, and the places in it. It always ends in the id, so that no two
 * tickets share a place.
 */
record ListOrder(List<SortKey> keys, boolean backward) {
    ListOrder {
        keys = List.copyOf(keys);
    }

    ListOrder reversed() {
        return new ListOrder(keys, !backward);
    }

    Sort sort() {
        List<SortField> fields = new ArrayList<>();
        for (SortKey key : keys) {
            SortField field = new SortField(FieldNames.of(key.by()), SortField.Type.LONG, key.descending() != backward);
            field.setMissingValue(absent(key));
            fields.add(field);
        }
        fields.add(new SortField(FieldNames.ID_HIGH, SortField.Type.LONG, backward));
        fields.add(new SortField(FieldNames.ID_LOW, SortField.Type.LONG, backward));
        return new Sort(fields.toArray(SortField[]::new));
    }

    /** The place right behind a row, in this order's direction; the row itself need not be there any more. */
    FieldDoc behind(List<Long> values, TicketId id) {
        Object[] fields = new Object[keys.size() + 2];
        for (int i = 0; i < keys.size(); i++) {
            long value = values.get(i);
            fields[i] = value == Long.MAX_VALUE ? absent(keys.get(i)) : value;
        }
        fields[keys.size()] = FieldNames.flipped(id.high());
        fields[keys.size() + 1] = FieldNames.flipped(id.low());
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, fields);
    }

    TicketId idOf(FieldDoc row) {
        return new TicketId(FieldNames.flipped((Long) row.fields[keys.size()]), FieldNames.flipped((Long)
                row.fields[keys.size() + 1]));
    }

    /** The row's sort values as a {@link PageCursor} holds them. */
    List<Long> valuesOf(FieldDoc row) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Long value = (Long) row.fields[i];
            values.add(value == absent(keys.get(i)) ? Long.MAX_VALUE : value);
        }
        return values;
    }

    /** Stands for a value that is not there: last when the list is read forward, in whatever direction the key goes. */
    private static long absent(SortKey key) {
        return key.descending() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
