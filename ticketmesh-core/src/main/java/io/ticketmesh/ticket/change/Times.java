package io.ticketmesh.ticket.change;

import io.ticketmesh.ticket.InvalidChangeException;
import java.time.Instant;
import java.time.LocalDate;

/** The times that tickets can hold: years 1 to 9999, in milliseconds. */
final class Times {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Times() {}

    /** The instant cut to milliseconds, if its year is 1 to 9999. */
    static Instant requireMillis(String field, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new InvalidChangeException(field, "out-of-range", "is not in the years 0001 to 9999", null);
        }
        return Instant.ofEpochMilli(instant.toEpochMilli());
    }

    /** The date, if its year is 1 to 9999. */
    static LocalDate requireYear(String field, LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new InvalidChangeException(field, "out-of-range", "is not in the years 0001 to 9999", null);
        }
        return date;
    }
}
