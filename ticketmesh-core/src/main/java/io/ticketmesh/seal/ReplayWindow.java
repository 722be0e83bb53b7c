package io.ticketmesh.seal;

import java.util.Arrays;

/**
 * Which of the last {@value #SIZE} packets of one stream were opened, one bit each. Older ones count as opened. Owned by
 * {@link ReplayWindows}, which guards it.
 */
final class ReplayWindow {
    /** Wide enough that the reader of one socket may run this many packets ahead of the reader of another. */
    static final int SIZE = 1 << 15;

    private final long[] bits = new long[SIZE / Long.SIZE];
    private long highest = -1;

    boolean isFresh(long counter) {
        return counter > highest || (counter > highest - SIZE && !isSet(counter));
    }

    /** Returns false, and does nothing, when the packet was opened before. */
    boolean mark(long counter) {
        if (!isFresh(counter)) {
            return false;
        }
        if (counter > highest) {
            advance(counter);
        }
        int slot = slot(counter);
        bits[slot >> 6] |= 1L << slot;
        return true;
    }

    private void advance(long counter) {
        if (counter - highest >= SIZE) {
            Arrays.fill(bits, 0);
        } else {
            for (long skipped = highest + 1; skipped <= counter; skipped++) {
                int slot = slot(skipped);
                bits[slot >> 6] &= ~(1L << slot);
            }
        }
        highest = counter;
    }

    private boolean isSet(long counter) {
        int slot = slot(counter);
        return (bits[slot >> 6] & (1L << slot)) != 0;
    }

    private static int slot(long counter) {
        return (int) (counter & (SIZE - 1));
    }
}
