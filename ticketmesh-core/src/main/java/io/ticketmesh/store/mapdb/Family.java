package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import java.util.List;

/**
 * Lists that are sorted alike: by one sort key and then by id. A ticket's place in all lists of a family is the same, so lists
 * of one family can be intersected by leaping.
 */
enum Family {
    CREATED(
            SortKey.By.CREATED,
            true,
            List.of(
                    Field.STATUS,
                    Field.PRIORITY,
                    Field.ASSIGNEE,
                    Field.REPORTER,
                    Field.QUEUE,
                    Field.TYPE,
                    Field.TAG,
                    Field.WATCHER,
                    Field.EXTERNAL_ID)),
    UPDATED(
            SortKey.By.UPDATED,
            true,
            List.of(
                    Field.STATUS,
                    Field.PRIORITY,
                    Field.ASSIGNEE,
                    Field.REPORTER,
                    Field.QUEUE,
                    Field.TYPE,
                    Field.TAG)),
    DUE(SortKey.By.DUE, false, List.of(Field.STATUS)),
    PRIORITY(SortKey.By.PRIORITY, true, List.of(Field.STATUS));

    private final SortKey.By by;
    private final boolean descending;
    private final List<Field> fields;

    Family(SortKey.By by, boolean descending, List<Field> fields) {
        this.by = by;
        this.descending = descending;
        this.fields = fields;
    }

    static Family of(SortKey.By by) {
        return valueOf(by.name());
    }

    /** Whether the lists begin with the largest value. */
    boolean descending() {
        return descending;
    }

    /** The fields whose values have lists of their own. */
    List<Field> fields() {
        return fields;
    }

    /** Whether tickets with a conflict have a list of their own. */
    boolean listsConflicts() {
        return this == CREATED || this == UPDATED;
    }

    /** Where a sort value stands in a list; equal values share a place. */
    long place(long value) {
        return descending ? ~value : value;
    }

    long place(Ticket ticket) {
        return place(by.valueOf(ticket));
    }

    SortKey.By by() {
        return by;
    }
}
