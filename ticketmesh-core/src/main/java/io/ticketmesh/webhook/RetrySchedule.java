package io.ticketmesh.webhook;

import java.time.Duration;
import java.util.List;

/**
 * When a message that was not taken is sent again: after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, as Standard Webhooks proposes, each
 * up to a tenth longer, so that what failed together does not come back together.
 */
final class RetrySchedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    /** The most tries. */
    static final int TRIES = PAUSES.size() + 1;

    private static final Duration LONGEST_WISH = Duration.ofHours(10);
    private static final int TENTH = 10;

    private RetrySchedule() {}

    static boolean isOver(int tries) {
        return tries >= TRIES;
    }

    /**
     * How long to wait after that many tries, all in vain.
     *
     * @param wishMillis how long the receiver wants to be left alone; ten hours are granted at most
     * @param seed spreads messages; the same for every try of one
     */
    static long pauseMillis(int tries, long wishMillis, int seed) {
        long pause = PAUSES.get(Math.min(tries, PAUSES.size()) - 1).toMillis();
        long spread = Math.floorMod(31 * seed + tries, 1_000) * (pause / TENTH) / 1_000;
        return Math.max(pause + spread, Math.min(wishMillis, LONGEST_WISH.toMillis()));
    }
}
