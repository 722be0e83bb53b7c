package io.ticketmesh.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells how much working time lies between two moments, and when some of it will be over. A moment is working time when the clock on
 * the wall in the calendar's zone shows one of the hours of that weekday, and the day is no holiday. So an hour that summer time
 * skips is not worked, and one that comes twice in autumn is worked twice. Milliseconds; immutable and thread-safe.
 *
 * <p>Within a stretch of one offset from UTC, wall time is linear, and the working time since the year 1970 is a sum of whole weeks, the
 * days of this one, and the holidays to be taken away: nothing has to be gone through day by day.
 */
public final class BusinessCalendar {
    private static final long DAY_MILLIS = WorkingHours.DAY_MILLIS;
    private static final long WEEK_MILLIS = 7 * DAY_MILLIS;

    /** The first day of the Unix era is a Thursday. */
    private static final long MONDAY_BEFORE_ERA = -3;

    private static final BusinessCalendar ALWAYS = builder(ZoneOffset.UTC)
            .everyDay(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)
            .build();

    private final ZoneId zone;
    private final ZoneRules rules;
    private final List<List<WorkingHours>> week = new ArrayList<>();

    /** The working time of a week before each of its days, and of all of it. */
    private final long[] weekWorked = new long[8];

    /** By day of the Unix era: the working time that this holiday and all before it take away. */
    private final NavigableMap<Long, Long> takenAway = new TreeMap<>();

    private BusinessCalendar(Builder builder) {
        zone = builder.zone;
        rules = zone.getRules();
        for (DayOfWeek day : DayOfWeek.values()) {
            List<WorkingHours> hours = builder.sorted(day);
            week.add(hours);
            weekWorked[day.getValue()] = weekWorked[day.getValue() - 1] + workedAt(hours, DAY_MILLIS);
        }
        if (weekWorked[7] == 0) {
            throw new IllegalArgumentException(
                    "A business calendar needs working hours on at least one day of the week");
        }
        long taken = 0;
        for (LocalDate holiday : builder.holidays) {
            taken += workedAt(hoursOf(holiday.toEpochDay()), DAY_MILLIS);
            takenAway.put(holiday.toEpochDay(), taken);
        }
    }

    /** All time is working time. */
    public static BusinessCalendar always() {
        return ALWAYS;
    }

    public static Builder builder(ZoneId zone) {
        return new Builder(zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /** The working time from one moment to another; none when the second is not later. */
    public Duration between(Instant from, Instant until) {
        long worked = 0;
        long at = from.toEpochMilli();
        long end = until.toEpochMilli();
        while (at < end) {
            long stretchEnd = Math.min(end, endOfStretch(at));
            worked += worked(at, stretchEnd, offsetMillis(at));
            at = stretchEnd;
        }
        return Duration.ofMillis(worked);
    }

    /**
     * The first moment at which as much working time is over since {@code from}; that moment itself for none. What ends with a working day
     * ends at that day's end, not at the beginning of the next.
     *
     * @throws IllegalArgumentException when {@code working} is negative
     */
    public Instant add(Instant from, Duration working) {
        if (working.isNegative()) {
            throw new IllegalArgumentException("working is " + working + ", it must not be negative");
        }
        long left = working.toMillis();
        long at = from.toEpochMilli();
        while (left > 0) {
            long offset = offsetMillis(at);
            long stretchEnd = Math.min(endOfStretch(at), at + enough(left));
            long worked = worked(at, stretchEnd, offset);
            if (worked >= left) {
                return Instant.ofEpochMilli(firstWith(left, at, stretchEnd, offset));
            }
            left -= worked;
            at = stretchEnd;
        }
        return Instant.ofEpochMilli(at);
    }

    /** A time in which at least so much is worked, wherever it begins, if no change of offset comes in between. */
    private long enough(long working) {
        return (working / weekWorked[7] + 2 + takenAway.size()) * WEEK_MILLIS;
    }

    /** The first moment of a stretch at which {@code working} is over since {@code from}. */
    private long firstWith(long working, long from, long stretchEnd, long offset) {
        long before = from;
        long reached = stretchEnd;
        while (reached - before > 1) {
            long middle = before + (reached - before) / 2;
            if (worked(from, middle, offset) >= working) {
                reached = middle;
            } else {
                before = middle;
            }
        }
        return reached;
    }

    private long worked(long from, long until, long offset) {
        return workedSinceEra(until + offset) - workedSinceEra(from + offset);
    }

    /** The working time since the Unix era began, at a wall time as if its offset had always been the same. */
    private long workedSinceEra(long wallMillis) {
        long day = Math.floorDiv(wallMillis, DAY_MILLIS);
        long millisOfDay = Math.floorMod(wallMillis, DAY_MILLIS);
        long days = day - MONDAY_BEFORE_ERA;
        long worked = Math.floorDiv(days, 7L) * weekWorked[7] + weekWorked[(int) Math.floorMod(days, 7L)];
        Map.Entry<Long, Long> earlier = takenAway.lowerEntry(day);
        long today = takenAway.containsKey(day) ? 0 : workedAt(hoursOf(day), millisOfDay);
        return worked + today - (earlier == null ? 0 : earlier.getValue());
    }

    private List<WorkingHours> hoursOf(long day) {
        return week.get((int) Math.floorMod(day - MONDAY_BEFORE_ERA, 7L));
    }

    private static long workedAt(List<WorkingHours> hours, long millisOfDay) {
        long worked = 0;
        for (WorkingHours part : hours) {
            worked += part.workedAt(millisOfDay);
        }
        return worked;
    }

    private long offsetMillis(long at) {
        return rules.getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1_000L;
    }

    /** When the offset from UTC changes next. */
    private long endOfStretch(long at) {
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochMilli(at));
        return next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    }

    /** Collects a calendar; not thread-safe. */
    public static final class Builder {
        private final ZoneId zone;
        private final Map<DayOfWeek, List<WorkingHours>> hours = new EnumMap<>(DayOfWeek.class);
        private final TreeSet<LocalDate> holidays = new TreeSet<>();

        private Builder(ZoneId zone) {
            this.zone = zone;
        }

        /**
         * Adds working hours; a day can have several.
         *
         * @param until where they end; midnight is the end of that day
         * @throws IllegalArgumentException when they end before they begin
         */
        public Builder hours(DayOfWeek day, LocalTime from, LocalTime until) {
            hours.computeIfAbsent(day, key -> new ArrayList<>()).add(WorkingHours.of(from, until));
            return this;
        }

        /** Adds the same hours from Monday to Friday. */
        public Builder weekdays(LocalTime from, LocalTime until) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
                    hours(day, from, until);
                }
            }
            return this;
        }

        /** Adds the same hours to all days of the week. */
        public Builder everyDay(LocalTime from, LocalTime until) {
            for (DayOfWeek day : DayOfWeek.values()) {
                hours(day, from, until);
            }
            return this;
        }

        /** Days on which nobody works. */
        public Builder holidays(Collection<LocalDate> days) {
            holidays.addAll(days);
            return this;
        }

        /**
         * @throws IllegalArgumentException when there are no hours in the week, or hours of one day overlap
         */
        public BusinessCalendar build() {
            return new BusinessCalendar(this);
        }

        private List<WorkingHours> sorted(DayOfWeek day) {
            List<WorkingHours> sorted = new ArrayList<>(hours.getOrDefault(day, List.of()));
            sorted.sort(Comparator.comparingLong(WorkingHours::fromMillis));
            for (int i = 1; i < sorted.size(); i++) {
                if (sorted.get(i).fromMillis() < sorted.get(i - 1).untilMillis()) {
                    throw new IllegalArgumentException(
                            "The hours " + sorted.get(i - 1) + " and " + sorted.get(i) + " of " + day + " overlap");
                }
            }
            return List.copyOf(sorted);
        }
    }
}
