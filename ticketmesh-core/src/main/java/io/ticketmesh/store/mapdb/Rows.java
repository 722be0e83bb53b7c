package io.ticketmesh.store.mapdb;

/** Arithmetic on rows of {@link Postings}, as if each were one long number. */
final class Rows {
    private Rows() {}

    static int compare(long[] one, long[] two) {
        return Node.compareKeys(one, two, Postings.WIDTH);
    }

    static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, Postings.WIDTH);
    }

    /** Steps to the next possible row; false when there is none. */
    static boolean increment(long[] row) {
        for (int i = Postings.WIDTH - 1; i >= 0; i--) {
            if (++row[i] != Long.MIN_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** Steps to the possible row before; false when there is none. */
    static boolean decrement(long[] row) {
        for (int i = Postings.WIDTH - 1; i >= 0; i--) {
            if (--row[i] != Long.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    static long[] first(long place) {
        return new long[] {place, Long.MIN_VALUE, Long.MIN_VALUE};
    }

    static long[] last(long place) {
        return new long[] {place, Long.MAX_VALUE, Long.MAX_VALUE};
    }
}
