package io.ticketmesh.ticket;

import java.util.Comparator;

/** One key of the order of a list. */
public record SortKey(By by, boolean descending) {
    /** What to sort by. */
    public enum By {
        CREATED,
        UPDATED,
        /** By rank. */
        PRIORITY,
        /** Tickets that are never due come last in either direction. */
        DUE;

        /**
         * The value of the ticket as a number that sorts alike.
         *
         * @return {@link Long#MAX_VALUE} when the ticket has no such value
         */
        public long valueOf(Ticket ticket) {
            Long value = switch (this) {
                case CREATED -> Criterion.TimeField.CREATED.valueOf(ticket);
                case UPDATED -> Criterion.TimeField.UPDATED.valueOf(ticket);
                case PRIORITY -> (long) ticket.priority().or(Priority.NORMAL).rank();
                case DUE -> Criterion.TimeField.DUE.valueOf(ticket);
            };
            return value == null ? Long.MAX_VALUE : value;
        }
    }

    /** Newest first by creation: the default order. */
    public static final SortKey NEWEST_FIRST = new SortKey(By.CREATED, true);

    /** Compares two values of {@link By#valueOf} in this key's direction; absent ones are last. */
    public int compareValues(long one, long two) {
        if (one == Long.MAX_VALUE || two == Long.MAX_VALUE) {
            return Long.compare(one, two);
        }
        return descending ? Long.compare(two, one) : Long.compare(one, two);
    }

    Comparator<Ticket> comparator() {
        return (one, two) -> compareValues(by.valueOf(one), by.valueOf(two));
    }
}
