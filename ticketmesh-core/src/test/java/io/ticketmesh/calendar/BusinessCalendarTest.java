package io.ticketmesh.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final LocalTime FIVE = LocalTime.of(17, 0);

    private final BusinessCalendar office =
            BusinessCalendar.builder(BERLIN).weekdays(NINE, FIVE).build();

    @Test
    void theWeekendIsNotWorked() {
        assertThat(office.add(berlin("2026-07-03T16:00"), Duration.ofHours(2))).isEqualTo(berlin("2026-07-06T10:00"));
        assertThat(office.between(berlin("2026-07-03T16:00"), berlin("2026-07-06T10:00")))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void whatEndsWithTheWorkingDayEndsThatEvening() {
        assertThat(office.add(berlin("2026-07-03T09:00"), Duration.ofHours(8))).isEqualTo(berlin("2026-07-03T17:00"));
    }

    @Test
    void whatBeginsAtNightBeginsToCountInTheMorning() {
        assertThat(office.add(berlin("2026-07-02T22:15"), Duration.ofMinutes(1)))
                .isEqualTo(berlin("2026-07-03T09:01"));
    }

    @Test
    void noTimeIsOverAtOnceEvenOnAHoliday() {
        assertThat(office.add(berlin("2026-07-04T12:00"), Duration.ZERO)).isEqualTo(berlin("2026-07-04T12:00"));
    }

    @Test
    void holidaysAreNotWorked() {
        BusinessCalendar withHolidays = BusinessCalendar.builder(BERLIN)
                .weekdays(NINE, FIVE)
                .holidays(List.of(
                        LocalDate.parse("2026-12-25"), LocalDate.parse("2026-12-26"), LocalDate.parse("2027-01-01")))
                .build();

        assertThat(withHolidays.add(berlin("2026-12-24T16:00"), Duration.ofHours(2)))
                .isEqualTo(berlin("2026-12-28T10:00"));
        assertThat(withHolidays.between(berlin("2026-12-21T00:00"), berlin("2027-01-04T00:00")))
                .isEqualTo(Duration.ofHours(8 * 8));
    }

    @Test
    void aSkippedHourIsNotWorkedAndARepeatedOneTwice() {
        BusinessCalendar night = BusinessCalendar.builder(BERLIN)
                .everyDay(LocalTime.of(1, 0), LocalTime.of(5, 0))
                .build();

        assertThat(night.between(berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00")))
                .isEqualTo(Duration.ofHours(3));
        assertThat(night.between(berlin("2026-10-25T00:00"), berlin("2026-10-25T12:00")))
                .isEqualTo(Duration.ofHours(5));
        assertThat(night.add(berlin("2026-03-29T00:30"), Duration.ofHours(2))).isEqualTo(berlin("2026-03-29T04:00"));
        assertThat(night.add(berlin("2026-10-25T00:30"), Duration.ofHours(3)))
                .isEqualTo(Instant.parse("2026-10-25T02:00:00Z"));
    }

    @Test
    void hoursThatBeginWithinAGapBeginBehindIt() {
        BusinessCalendar early = BusinessCalendar.builder(BERLIN)
                .everyDay(LocalTime.of(2, 30), LocalTime.of(4, 0))
                .build();

        assertThat(early.add(berlin("2026-03-29T00:00"), Duration.ofMinutes(1)))
                .isEqualTo(Instant.parse("2026-03-29T01:01:00Z"));
        assertThat(early.between(berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00")))
                .isEqualTo(Duration.ofHours(1));
    }

    /** The farthest ahead and one of the farthest behind: it is never the same day in both for more than an hour or two. */
    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "America/Los_Angeles"})
    void aWorkingDayIsThatOfItsZone(String name) {
        ZoneId zone = ZoneId.of(name);
        BusinessCalendar there = BusinessCalendar.builder(zone)
                .hours(DayOfWeek.MONDAY, NINE, FIVE)
                .holidays(List.of(LocalDate.parse("2026-07-13")))
                .build();
        Instant monday = LocalDate.parse("2026-07-06").atTime(NINE).atZone(zone).toInstant();

        assertThat(there.add(monday, Duration.ofHours(9)))
                .isEqualTo(
                        LocalDate.parse("2026-07-20").atTime(10, 0).atZone(zone).toInstant());
        assertThat(there.between(monday.minus(Duration.ofDays(2)), monday.plusSeconds(60)))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aroundTheClockAllTimeCounts() {
        Instant from = Instant.parse("1969-07-20T20:17:40.123Z");
        Instant until = Instant.parse("2026-07-20T20:17:40.122Z");

        assertThat(BusinessCalendar.always().between(from, until)).isEqualTo(Duration.between(from, until));
        assertThat(BusinessCalendar.always().add(from, Duration.between(from, until)))
                .isEqualTo(until);
        assertThat(BusinessCalendar.always().between(until, from)).isZero();
    }

    @Test
    void aShiftOverMidnightIsTwoPartsOfTwoDays() {
        BusinessCalendar shift = BusinessCalendar.builder(BERLIN)
                .hours(DayOfWeek.FRIDAY, LocalTime.of(22, 0), LocalTime.MIDNIGHT)
                .hours(DayOfWeek.SATURDAY, LocalTime.MIDNIGHT, LocalTime.of(6, 0))
                .build();

        assertThat(shift.add(berlin("2026-07-03T23:00"), Duration.ofHours(2))).isEqualTo(berlin("2026-07-04T01:00"));
    }

    @Test
    void calendarsInWhichNobodyWorksAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.builder(BERLIN).build())
                .withMessageContaining("at least one day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.builder(BERLIN).weekdays(FIVE, NINE))
                .withMessageContaining("17:00 to 09:00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusinessCalendar.builder(BERLIN)
                        .weekdays(NINE, FIVE)
                        .hours(DayOfWeek.MONDAY, LocalTime.of(16, 59), LocalTime.MIDNIGHT)
                        .build())
                .withMessageContaining("16:59-24:00 of MONDAY overlap");
    }

    private static Instant berlin(String local) {
        return java.time.LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }
}
