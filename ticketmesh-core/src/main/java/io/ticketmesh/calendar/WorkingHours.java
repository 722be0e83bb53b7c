package io.ticketmesh.calendar;

import java.time.LocalTime;

/**
 * A part of a day in which people work, by the clock on the wall, in milliseconds since the day began.
 *
 * @param fromMillis its first millisecond
 * @param untilMillis the first millisecond after it; a whole day at most
 */
record WorkingHours(long fromMillis, long untilMillis) {
    static final long DAY_MILLIS = 86_400_000;

    WorkingHours {
        if (fromMillis >= untilMillis) {
            throw new IllegalArgumentException(
                    "The hours from " + clock(fromMillis) + " to " + clock(untilMillis) + " end before they begin");
        }
    }

    /** @param until midnight is the end of the day */
    static WorkingHours of(LocalTime from, LocalTime until) {
        long end = millisOf(until);
        return new WorkingHours(millisOf(from), end == 0 ? DAY_MILLIS : end);
    }

    long millis() {
        return untilMillis - fromMillis;
    }

    /** How much of it is over when the day is that old. */
    long workedAt(long millisOfDay) {
        return Math.max(0, Math.min(millisOfDay, untilMillis) - fromMillis);
    }

    private static long millisOf(LocalTime time) {
        return time.toNanoOfDay() / 1_000_000;
    }

    private static String clock(long millisOfDay) {
        return millisOfDay == DAY_MILLIS
                ? "24:00"
                : LocalTime.ofNanoOfDay(millisOfDay * 1_000_000).toString();
    }

    /** Like {@code 09:00-17:00}. */
    @Override
    public String toString() {
        return clock(fromMillis) + "-" + clock(untilMillis);
    }
}
