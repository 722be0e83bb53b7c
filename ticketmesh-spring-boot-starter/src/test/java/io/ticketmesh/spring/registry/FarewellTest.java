package io.ticketmesh.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a server that drains may go; time is moved by hand. */
class FarewellTest {
    private static final long BEGIN = -5; // monotonic clocks may begin anywhere
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final Farewell farewell = new Farewell(BEGIN, BEGIN + millis(300), LONGEST);

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** How many milliseconds are to be waited. */
    private long millisToWait(long afterMillis, long quietNanos) {
        return Duration.ofNanos(farewell.waitNanos(BEGIN + millis(afterMillis), quietNanos))
                .toMillis();
    }

    @Test
    void withoutCallersItTakesASecondFromWhenRegistriesKnow() {
        assertThat(millisToWait(300, NEVER)).isEqualTo(1_000);
        assertThat(millisToWait(1_300, NEVER)).isZero();
        assertThat(millisToWait(300, millis(60_000))).isEqualTo(1_000);
    }

    @Test
    void whoCalledShortlyBeforeTheStopIsGivenTimeToAskAgain() {
        assertThat(millisToWait(300, millis(7_000))).isEqualTo(3_600);
        assertThat(millisToWait(3_800, millis(10_500))).isEqualTo(100);
        assertThat(millisToWait(3_900, millis(10_600))).isZero();
    }

    @Test
    void whoCallsForTheFirstTimeDuringTheSecondIsGivenItToo() {
        assertThat(millisToWait(300, NEVER)).isEqualTo(1_000);
        assertThat(millisToWait(1_300, millis(20))).isEqualTo(2_600);
    }

    @Test
    void whileCallsComeItIsNotOverUntilTheLongestTimeIs() {
        assertThat(millisToWait(5_000, millis(10))).isEqualTo(990);
        assertThat(millisToWait(7_500, millis(10))).isEqualTo(500);
        assertThat(millisToWait(8_000, 0)).isZero();
    }

    @Test
    void registriesThatAreSlowToKnowDoNotMakeItLonger() {
        Farewell late = new Farewell(BEGIN, BEGIN + LONGEST.toNanos(), LONGEST);
        assertThat(late.waitNanos(BEGIN + LONGEST.toNanos(), 0)).isNotPositive();
        Farewell none = new Farewell(BEGIN, BEGIN + 1, Duration.ZERO);
        assertThat(none.waitNanos(BEGIN + 1, 0)).isNotPositive();
    }
}
