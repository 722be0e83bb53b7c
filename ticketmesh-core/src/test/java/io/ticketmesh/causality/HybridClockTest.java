package io.ticketmesh.causality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HybridClockTest {
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private long wallMillis = 1_000_000;
    private final HybridClock clock = clockFrom(HybridTimestamp.ZERO);

    private HybridClock clockFrom(HybridTimestamp floor) {
        return new HybridClock(() -> wallMillis, floor);
    }

    private static HybridTimestamp at(long millis) {
        return HybridTimestamp.of(millis, 0);
    }

    @Test
    void showsTheTimeOfDayAndCountsWithinAMillisecond() {
        assertThat(clock.now()).isEqualTo(HybridTimestamp.of(wallMillis, 0));
        assertThat(clock.now()).isEqualTo(HybridTimestamp.of(wallMillis, 1));
        wallMillis += 1;
        assertThat(clock.now()).isEqualTo(HybridTimestamp.of(wallMillis, 0));
    }

    @Test
    void neverGoesBackWhenTheWallClockDoes() {
        HybridTimestamp before = clock.now();
        wallMillis -= DAY_MILLIS;

        assertThat(clock.now()).isGreaterThan(before);
    }

    @Test
    void aWitnessedTimestampIsBeaten() {
        HybridTimestamp seen = at(wallMillis + HybridClock.MAX_LEAD_MILLIS);
        clock.witness(seen);

        assertThat(clock.now()).isEqualTo(seen.next());
        assertThat(clock.leadsRefused()).isZero();
    }

    @Test
    void aTimestampTooFarAheadIsCountedAndDoesNotMoveTheClock() {
        clock.witness(at(wallMillis + HybridClock.MAX_LEAD_MILLIS + 1));

        assertThat(clock.now().millis()).isEqualTo(wallMillis);
        assertThat(clock.leadsRefused()).isEqualTo(1);
        assertThat(clock.largestLeadMillis()).isEqualTo(HybridClock.MAX_LEAD_MILLIS + 1);
    }

    @Test
    void aWriteOnTopOfATimestampTooFarAheadBeatsItAlone() {
        HybridTimestamp future = at(wallMillis + 3650 * DAY_MILLIS);

        HybridTimestamp write = clock.after(future);

        assertThat(write).isEqualTo(future.next());
        assertThat(clock.after(write)).isGreaterThan(write);
        assertThat(clock.now().millis()).isEqualTo(wallMillis);
    }

    @Test
    void aWriteOnTopOfAnOldTimestampIsOfNow() {
        assertThat(clock.after(at(5))).isEqualTo(at(wallMillis));
    }

    @Test
    void aRestartWithTheClockSetBackGoesOnAboveThePersistedBound() {
        clock.now();
        HybridTimestamp bound = clock.bound(10_000);
        wallMillis -= DAY_MILLIS;

        assertThat(clockFrom(bound).now()).isGreaterThan(bound);
    }

    @Test
    void manyRestartsDoNotWalkIntoTheFuture() {
        HybridTimestamp bound = HybridTimestamp.ZERO;
        for (int restart = 0; restart < 1_000; restart++) {
            wallMillis += 10;
            HybridClock again = clockFrom(bound);
            assertThat(again.now()).isGreaterThan(bound);
            bound = again.bound(10_000);
        }

        assertThat(bound.millis() - wallMillis).isLessThan(HybridClock.MAX_LEAD_MILLIS);
    }

    @Test
    void theBoundIsAboveAllThatWasGivenOut() {
        clock.witness(at(wallMillis + 60_000));
        HybridTimestamp last = clock.now();

        assertThat(clock.bound(10_000)).isGreaterThan(last);
        assertThat(clockFrom(new HybridTimestamp(Long.MAX_VALUE)).bound(1))
                .isEqualTo(new HybridTimestamp(Long.MAX_VALUE));
    }

    @Test
    void theCounterOverflowsIntoTheMilliseconds() {
        HybridTimestamp full = HybridTimestamp.of(7, (int) HybridTimestamp.MAX_COUNTER);

        assertThat(full.next()).isEqualTo(HybridTimestamp.of(8, 0));
        assertThat(full.counter()).isEqualTo(65_535);
    }

    @Test
    void timesOutOfRangeAreClampedAndTheEndOfTimeIsNotPassed() {
        assertThat(at(-1)).isEqualTo(HybridTimestamp.ZERO);
        assertThat(at(Long.MAX_VALUE).millis()).isEqualTo(HybridTimestamp.MAX_MILLIS);
        assertThat(new HybridTimestamp(Long.MAX_VALUE).next()).isEqualTo(new HybridTimestamp(Long.MAX_VALUE));
        assertThatThrownBy(() -> new HybridTimestamp(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
