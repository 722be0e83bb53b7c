package io.ticketmesh.store.mapdb;

import com.google.common.collect.ImmutableSet;
import io.ticketmesh.ticket.Criterion.Field;
import io.ticketmesh.ticket.SortKey;
import io.ticketmesh.ticket.Ticket;
import java.util.Set;

/**
 * Lists that are sorted alike: by one sort key and then by id. A ticket's place in all lists of a family is the same, so lists
 * of one family can be intersected by leaping.
 */
enum Family {
    CREATED(
            1,
            SortKey.By.CREATED,
            true,
            Set.of(
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
            2,
            SortKey.By.UPDATED,
            true,
            Set.of(Field.STATUS, Field.PRIORITY, Field.ASSIGNEE, Field.REPORTER, Field.QUEUE, Field.TYPE, Field.TAG)),
    DUE(3, SortKey.By.DUE, false, Set.of(Field.STATUS)),
    PRIORITY(4, SortKey.By.PRIORITY, true, Set.of(Field.STATUS));

    private final int number;
    private final SortKey.By by;
    private final boolean descending;
    private final ImmutableSet<Field> fields;

    Family(int number, SortKey.By by, boolean descending, Set<Field> fields) {
        this.number = number;
        this.by = by;
        this.descending = descending;
        this.fields = ImmutableSet.copyOf(fields);
    }

    static Family of(SortKey.By by) {
        return valueOf(by.name());
    }

    /** Part of the names of lists, so never to be changed. */
    int number() {
        return number;
    }

    /** Whether the lists begin with the largest value. */
    boolean descending() {
        return descending;
    }

    /** The fields whose values have lists of their own. */
    Set<Field> fields() {
        return fields;
    }

    /** Whether tickets with a conflict have a list of their own. */
    boolean listsConflicts() {
        return this == CREATED || this == UPDATED;
    }

    /** Whether the tickets that concern a person have lists of their own. */
    boolean listsConcerns() {
        return fields.contains(Field.REPORTER) && fields.contains(Field.WATCHER);
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
