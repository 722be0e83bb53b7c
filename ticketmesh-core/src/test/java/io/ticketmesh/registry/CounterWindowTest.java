package io.ticketmesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterWindowTest {
    private final CounterWindow window = new CounterWindow();

    @Test
    void aCounterIsTakenOnce() {
        assertThat(window.accept(1)).isTrue();
        assertThat(window.accept(1)).isFalse();
        assertThat(window.accept(3)).isTrue();
        assertThat(window.accept(2)).isTrue();
        assertThat(window.accept(2)).isFalse();
        assertThat(window.accept(3)).isFalse();
    }

    @Test
    void whatIsTooOldToTellCountsAsSeen() {
        assertThat(window.accept(100)).isTrue();
        assertThat(window.accept(100 - CounterWindow.SIZE)).isFalse();
        assertThat(window.accept(101 - CounterWindow.SIZE)).isTrue();
        assertThat(window.accept(1)).isFalse();
    }

    @Test
    void zeroAndLessAreNoCounters() {
        assertThat(window.accept(0)).isFalse();
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Long.MIN_VALUE)).isFalse();
        assertThat(window.accept(1)).isTrue();
    }

    @Test
    void agreesWithASetThatRemembersAll() {
        Random random = new Random(1);
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 20_000; i++) {
            long counter = Math.max(1, highest - 80 + random.nextInt(random.nextInt(50) == 0 ? 300 : 90));
            boolean expected = counter > highest - CounterWindow.SIZE && !seen.contains(counter);
            assertThat(window.accept(counter))
                    .as("counter %s after %s", counter, highest)
                    .isEqualTo(expected);
            seen.add(counter);
            highest = Math.max(highest, expected ? counter : highest);
        }
    }
}
