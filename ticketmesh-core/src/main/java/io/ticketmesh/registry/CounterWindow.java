package io.ticketmesh.registry;

/** Which of the last {@value #SIZE} counters of a session came. Older ones count as having come. Owned by its lease. */
final class CounterWindow {
    static final int SIZE = 64;

    private long highest;
    private long seen;

    /** Whether the counter comes for the first time; then it is noted. Counters begin with 1. */
    boolean accept(long counter) {
        if (counter <= 0) {
            return false;
        }
        if (counter > highest) {
            long ahead = counter - highest;
            seen = ahead >= SIZE ? 1 : seen << ahead | 1;
            highest = counter;
            return true;
        }
        long behind = highest - counter;
        if (behind >= SIZE || (seen >>> behind & 1) != 0) {
            return false;
        }
        seen |= 1L << behind;
        return true;
    }
}
