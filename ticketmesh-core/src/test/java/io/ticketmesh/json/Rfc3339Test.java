package io.ticketmesh.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31T14:05:00Z,                2026-01-31T14:05:00.000Z",
        "2026-01-31t14:05:00z,                2026-01-31T14:05:00.000Z",
        "2026-01-31T14:05:00+05:45,           2026-01-31T08:20:00.000Z",
        "2026-01-31T23:05:00-23:59,           2026-02-01T23:04:00.000Z",
        "2026-01-31T14:05:00-00:00,           2026-01-31T14:05:00.000Z",
        "2026-01-31T14:05:00.1Z,              2026-01-31T14:05:00.100Z",
        "2026-01-31T14:05:00.123999999Z,      2026-01-31T14:05:00.123Z",
        "1969-12-31T23:59:59.9999Z,           1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z,                0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999999Z,         9999-12-31T23:59:59.999Z",
        "2024-02-29T00:00:00Z,                2024-02-29T00:00:00.000Z",
    })
    void anyOffsetBecomesUtcWithMilliseconds(String text, String expected) {
        assertThat(Rfc3339.text(Rfc3339.instant(text))).isEqualTo(expected);
        assertThat(Rfc3339.instant(expected)).isEqualTo(Rfc3339.instant(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2016-12-31T23:59:60Z,           leap seconds are not supported",
        "2026-01-31T24:00:00Z,           no such time of day",
        "2026-01-31T23:60:00Z,           no such time of day",
        "2026-01-31T23:59:61Z,           no such time of day",
        "2026-02-29T00:00:00Z,           a day that the calendar does not have",
        "2026-13-01T00:00:00Z,           a day that the calendar does not have",
        "2026-01-31T14:05:00+24:00,      no such offset",
        "2026-01-31T14:05:00+00:60,      no such offset",
        "0000-01-01T00:00:00Z,           outside the years 0001 to 9999",
        "0001-01-01T00:00:00+00:01,      outside the years 0001 to 9999",
        "9999-12-31T23:59:59-00:01,      outside the years 0001 to 9999",
        "2026-01-31T14:05:00,            is not an RFC 3339 timestamp",
        "2026-01-31 14:05:00Z,           is not an RFC 3339 timestamp",
        "2026-01-31T14:05Z,              is not an RFC 3339 timestamp",
        "2026-01-31T14:05:00.Z,          is not an RFC 3339 timestamp",
        "2026-01-31T14:05:00.0000000000Z,is not an RFC 3339 timestamp",
        "2026-01-31T14:05:00+0100,       is not an RFC 3339 timestamp",
        "+2026-01-31T14:05:00Z,          is not an RFC 3339 timestamp",
        "٢٠٢٦-01-31T14:05:00Z,           is not an RFC 3339 timestamp",
        "'2026-01-31T14:05:00Z\n',       is not an RFC 3339 timestamp",
        "'',                             is not an RFC 3339 timestamp",
    })
    void whatIsNoTimestampIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> Rfc3339.instant(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void datesHaveFourDigitYears() {
        assertThat(Rfc3339.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(Rfc3339.text(LocalDate.of(7, 1, 2))).isEqualTo("0007-01-02");
        assertThatThrownBy(() -> Rfc3339.date("2023-02-29")).hasMessageContaining("calendar");
        assertThatThrownBy(() -> Rfc3339.date("0000-01-01")).hasMessageContaining("0001 to 9999");
        assertThatThrownBy(() -> Rfc3339.date("2023-2-9")).hasMessageContaining("is not a date");
    }

    @Test
    void whatCannotBeReadBackIsNotWritten() {
        assertThatThrownBy(() ->
                        Rfc3339.text(Instant.parse("9999-12-31T23:59:59.999Z").plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Rfc3339.text(Instant.parse("0001-01-01T00:00:00Z").minusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rfc3339.text(LocalDate.of(10_000, 1, 1))).isInstanceOf(IllegalArgumentException.class);
    }
}
