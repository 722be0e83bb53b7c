package io.ticketmesh.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    @Test
    void eightTriesAreSpreadOverADay() {
        List<Duration> pauses = IntStream.rangeClosed(1, 7)
                .mapToObj(tries -> Duration.ofMillis(RetrySchedule.pauseMillis(tries, 0, 0)))
                .toList();

        assertThat(RetrySchedule.TRIES).isEqualTo(8);
        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5_500));
        assertThat(pauses.get(1)).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(330));
        assertThat(pauses.get(6)).isBetween(Duration.ofHours(10), Duration.ofHours(11));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofHours(27), Duration.ofHours(31));
        assertThat(RetrySchedule.isOver(7)).isFalse();
        assertThat(RetrySchedule.isOver(8)).isTrue();
    }

    @Test
    void whatFailedTogetherComesBackApart() {
        LongStream pauses = IntStream.range(0, 100).mapToLong(seed -> RetrySchedule.pauseMillis(3, 0, seed));

        assertThat(pauses.distinct().count()).isGreaterThan(90);
    }

    @Test
    void aReceiverMayAskForMoreTimeButNotForEver() {
        assertThat(RetrySchedule.pauseMillis(1, 60_000, 0)).isEqualTo(60_000);
        assertThat(RetrySchedule.pauseMillis(2, 1_000, 0)).isGreaterThanOrEqualTo(300_000);
        assertThat(RetrySchedule.pauseMillis(1, Duration.ofDays(900).toMillis(), 0))
                .isEqualTo(Duration.ofHours(10).toMillis());
    }
}
