package io.ticketmesh.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calendar against somebody who looks at the clock on the wall every minute. */
class MinuteByMinuteTest {
    private static final int DAYS = 16;
    private static final int ROUNDS = 40;

    private record Shift(DayOfWeek day, LocalTime from, LocalTime until) {
        /** Midnight is the end of the day. */
        boolean covers(ZonedDateTime moment) {
            LocalTime time = moment.toLocalTime();
            boolean before = until.equals(LocalTime.MIDNIGHT) || time.isBefore(until);
            return moment.getDayOfWeek() == day && !time.isBefore(from) && before;
        }
    }

    /** A change of the offset lies within the days after the date: by an hour, by half of one, at midnight, by a whole day, and none. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-03-22",
        "Europe/Berlin, 2026-10-18",
        "America/Los_Angeles, 2026-03-01",
        "America/Los_Angeles, 2026-10-25",
        "Australia/Lord_Howe, 2026-03-29",
        "Australia/Lord_Howe, 2026-09-27",
        "America/Sao_Paulo, 2018-10-28",
        "America/Sao_Paulo, 2019-02-10",
        "Pacific/Apia, 2011-12-22",
        "Africa/Casablanca, 2026-02-10",
        "Africa/Casablanca, 2026-03-15",
        "Pacific/Kiritimati, 1994-12-25",
        "Pacific/Kiritimati, 2026-12-24",
        "Asia/Kathmandu, 1969-12-25",
        "UTC, 2024-02-20"
    })
    void theSameWorkIsCounted(String zoneName, LocalDate first) {
        ZoneId zone = ZoneId.of(zoneName);
        Random random = new Random(zoneName.hashCode() * 31L + first.toEpochDay());
        for (int round = 0; round < ROUNDS; round++) {
            compare(zone, first, random);
        }
    }

    private static void compare(ZoneId zone, LocalDate first, Random random) {
        List<Shift> shifts = shifts(random);
        Set<LocalDate> holidays = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            holidays.add(first.plusDays(random.nextInt(DAYS)));
        }
        BusinessCalendar.Builder builder = BusinessCalendar.builder(zone).holidays(holidays);
        shifts.forEach(shift -> builder.hours(shift.day(), shift.from(), shift.until()));
        BusinessCalendar calendar = builder.build();

        Instant start = first.atStartOfDay(zone).toInstant().plusSeconds(60L * random.nextInt(2 * 24 * 60));
        Instant end = start.plus(Duration.ofDays(DAYS - 3)).plusSeconds(60L * random.nextInt(24 * 60));
        long target = random.nextInt(3 * 24 * 60);
        long worked = 0;
        Instant reached = target == 0 ? start : null;
        for (Instant minute = start; minute.isBefore(end); minute = minute.plusSeconds(60)) {
            ZonedDateTime wall = minute.atZone(zone);
            boolean works =
                    !holidays.contains(wall.toLocalDate()) && shifts.stream().anyMatch(shift -> shift.covers(wall));
            worked += works ? 1 : 0;
            if (works && worked == target) {
                reached = minute.plusSeconds(60);
            }
        }

        String what = zone + " " + shifts + " without " + holidays + " from " + start;
        assertThat(calendar.between(start, end)).as(what).isEqualTo(Duration.ofMinutes(worked));
        if (reached != null) {
            assertThat(calendar.add(start, Duration.ofMinutes(target))).as(what).isEqualTo(reached);
        }
    }

    private static List<Shift> shifts(Random random) {
        List<Shift> shifts = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            int minute = 0;
            while (random.nextInt(3) > 0 && minute < 1_380) {
                int from = minute + random.nextInt(1_439 - minute);
                int until = from + 1 + random.nextInt(1_440 - from);
                shifts.add(new Shift(day, time(from), time(until)));
                minute = until;
            }
        }
        return shifts.isEmpty() ? shifts(random) : shifts;
    }

    private static LocalTime time(int minute) {
        return LocalTime.ofSecondOfDay(minute % 1_440 * 60L);
    }
}
