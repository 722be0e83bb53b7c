package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseClockTest {
    @Test
    void runsWithTheTimeAndStandsStillDuringAPause() {
        LeaseClock clock = new LeaseClock(5_000);

        assertThat(clock.at(5_000)).isZero();
        assertThat(clock.at(5_250)).isEqualTo(250);
        assertThat(clock.at(25_250)).isEqualTo(250);
        assertThat(clock.resumedAt()).isEqualTo(250);
        assertThat(clock.at(25_500)).isEqualTo(500);
    }

    @Test
    void neverGoesBack() {
        LeaseClock clock = new LeaseClock(0);
        clock.at(700);

        assertThat(clock.at(300)).isEqualTo(700);
        assertThat(clock.at(800)).isEqualTo(800);
    }
}
