package io.ticketmesh.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    @Test
    void itAgreesWithASetThatForgetsNothing() {
        Random random = new Random(11);
        ReplayWindow window = new ReplayWindow();
        Set<Long> marked = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 200_000; i++) {
            int jump = random.nextInt(1_000) == 0 ? 3 * ReplayWindow.SIZE : 40;
            long counter = Math.max(
                    0,
                    highest
                            + random.nextInt(jump)
                            - random.nextInt(2 * ReplayWindow.SIZE) / (1 + random.nextInt(4_000)));
            boolean expected = counter > highest - ReplayWindow.SIZE && !marked.contains(counter);
            assertThat(window.isFresh(counter)).as("counter " + counter).isEqualTo(expected);
            assertThat(window.mark(counter)).isEqualTo(expected);
            marked.add(counter);
            highest = Math.max(highest, counter);
        }
    }
}
