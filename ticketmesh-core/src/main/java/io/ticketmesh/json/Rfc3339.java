package io.ticketmesh.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Timestamps and dates as text, RFC 3339: read with any offset, held in UTC with milliseconds, written with {@code Z} and
 * exactly three digits of fraction. Years 0001 to 9999 in UTC. The texts of its exceptions are meant for clients. Thread-safe.
 */
public final class Rfc3339 {
    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt](\\d{2}):(\\d{2}):(\\d{2})" + "(?:\\.(\\d{1,9}))?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Rfc3339() {}

    /**
     * Reads a timestamp; a finer fraction than milliseconds (at most nine digits) is cut off. A leap second is refused, because
     * no clock of ours can hold it; so are the hour 24 and a text without offset.
     *
     * @throws IllegalArgumentException if it is none, with a text that says why
     */
    public static Instant instant(String text) {
        Matcher parts = TIMESTAMP.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not an RFC 3339 timestamp like 2026-01-31T14:05:00.000Z");
        }
        LocalDate date = date(parts.group(1));
        int hour = Integer.parseInt(parts.group(2));
        int minute = Integer.parseInt(parts.group(3));
        int second = Integer.parseInt(parts.group(4));
        if (second == 60) {
            throw new IllegalArgumentException("names second 60; leap seconds are not supported, use second 59");
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw new IllegalArgumentException(
                    "has no such time of day: hours are 00 to 23, minutes and seconds 00 to 59");
        }
        int nanos = parts.group(5) == null ? 0 : Integer.parseInt((parts.group(5) + "00000000").substring(0, 9));
        LocalDateTime local = date.atTime(hour, minute, second, nanos);
        Instant instant = local.minusMinutes(offsetMinutes(parts.group(6)))
                .toInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MILLIS);
        if (!isInRange(instant)) {
            throw new IllegalArgumentException("is outside the years 0001 to 9999 in UTC");
        }
        return instant;
    }

    /**
     * Reads a date like 2026-01-31.
     *
     * @throws IllegalArgumentException if it is none, with a text that says why
     */
    public static LocalDate date(String text) {
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is not a date like 2026-01-31");
        }
        int year = Integer.parseInt(parts.group(1));
        if (year == 0) {
            throw new IllegalArgumentException("is outside the years 0001 to 9999");
        }
        try {
            return LocalDate.of(year, Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        } catch (DateTimeException noSuchDay) {
            throw new IllegalArgumentException("names a day that the calendar does not have");
        }
    }

    /**
     * Writes a timestamp, cut off to milliseconds: {@code 2026-01-31T14:05:00.000Z}.
     *
     * @throws IllegalArgumentException if the year is not 0001 to 9999
     */
    public static String text(Instant instant) {
        if (!isInRange(instant.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("is outside the years 0001 to 9999 in UTC");
        }
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return text(time.toLocalDate())
                + String.format(
                        Locale.ROOT,
                        "T%02d:%02d:%02d.%03dZ",
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond(),
                        time.getNano() / 1_000_000);
    }

    /**
     * Writes a date: {@code 2026-01-31}.
     *
     * @throws IllegalArgumentException if the year is not 0001 to 9999
     */
    public static String text(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new IllegalArgumentException("is outside the years 0001 to 9999");
        }
        return date.toString();
    }

    private static int offsetMinutes(String offset) {
        if (offset.length() == 1) {
            return 0;
        }
        int hours = Integer.parseInt(offset.substring(1, 3));
        int minutes = Integer.parseInt(offset.substring(4, 6));
        if (hours > 23 || minutes > 59) {
            throw new IllegalArgumentException("has no such offset: hours are 00 to 23, minutes 00 to 59");
        }
        int total = hours * 60 + minutes;
        return offset.charAt(0) == '-' ? -total : total;
    }

    private static boolean isInRange(Instant instant) {
        return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    }
}
