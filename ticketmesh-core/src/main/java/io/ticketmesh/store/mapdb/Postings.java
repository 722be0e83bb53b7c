package io.ticketmesh.store.mapdb;

/**
 * Rows of one family in its order: three longs each, the place and the id. Moves in leaps to the nearest row on either side. For
 * one thread and one read.
 */
interface Postings {
    int WIDTH = 3;

    /** Puts the first row that is not before {@code from} into {@code row}; false when there is none. Both may be one array. */
    boolean ceiling(long[] from, long[] row);

    /** Puts the last row that is not behind {@code from} into {@code row}; false when there is none. Both may be one array. */
    boolean floor(long[] from, long[] row);

    /** How many rows there are, at most {@code most}. */
    default long count(long most) {
        long[] row = {Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
        long count = 0;
        while (count < most && ceiling(row, row)) {
            count++;
            if (!Rows.increment(row)) {
                break;
            }
        }
        return count;
    }
}
