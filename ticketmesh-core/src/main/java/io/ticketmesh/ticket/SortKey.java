package io.ticketmesh.ticket;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** One key of the order of a list. */
public record SortKey(By by, boolean descending) {
    /** What to sort by. */
    public enum By {
        CREATED("createdAt"),
        UPDATED("updatedAt"),
        /** By rank. */
        PRIORITY("priority"),
        /** Tickets that are never due come last in either direction. */
        DUE("dueAt");

        private final String label;

        By(String label) {
            this.label = label;
        }

        /** How lists name it: as the member of a ticket in JSON. */
        public String label() {
            return label;
        }

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

    /**
     * Reads one as lists name it: a label, a minus before it turns it round.
     *
     * @throws InvalidQueryException when it is none
     */
    public static SortKey parse(String word) {
        boolean descending = word.startsWith("-");
        String label = descending ? word.substring(1) : word;
        for (By by : By.values()) {
            if (by.label.equals(label)) {
                return new SortKey(by, descending);
            }
        }
        List<String> labels = Arrays.stream(By.values()).map(By::label).toList();
        throw new InvalidQueryException(
                "sort", "not-allowed", "must be made of " + String.join(", ", labels), -1, labels);
    }

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
