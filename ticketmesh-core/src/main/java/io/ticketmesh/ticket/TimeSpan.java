package io.ticketmesh.ticket;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The time that a date or an instant in a query means: a date the whole day in UTC, an instant its millisecond.
 *
 * @param start inclusive
 * @param end exclusive
 */
record TimeSpan(Instant start, Instant end) {
    /** What is understood, for messages. */
    static final String FORMS = "a date like 2026-01-31 or an instant like 2026-01-31T12:00:00Z";

    private static final int DATE_CHARS = 10;
    private static final int MAX_YEAR = 9999;

    /** Reads a date or an RFC 3339 instant; null when {@code text} is neither, or outside the years 0 to 9999. */
    static @Nullable TimeSpan parse(String text) {
        try {
            if (text.length() <= DATE_CHARS) {
                LocalDate date = LocalDate.parse(text);
                return !isYear(date.getYear()) ? null : new TimeSpan(startOf(date), startOf(date.plusDays(1)));
            }
            OffsetDateTime time = OffsetDateTime.parse(text);
            Instant start = Instant.ofEpochMilli(time.toInstant().toEpochMilli());
            return !isYear(time.getYear()) ? null : new TimeSpan(start, start.plusMillis(1));
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static boolean isYear(int year) {
        return year >= 0 && year <= MAX_YEAR;
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
