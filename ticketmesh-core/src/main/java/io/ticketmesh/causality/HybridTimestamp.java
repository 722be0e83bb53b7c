package io.ticketmesh.causality;

/**
 * A point in hybrid time: 48 bits of milliseconds since 1970 and a 16-bit counter that orders events within one millisecond.
 *
 * @param packed milliseconds in the upper 48 bits, the counter in the lower 16; never negative
 */
public record HybridTimestamp(long packed) implements Comparable<HybridTimestamp> {
    static final int COUNTER_BITS = 16;
    static final long MAX_COUNTER = (1L << COUNTER_BITS) - 1;

    /** The largest milliseconds a timestamp can hold: the year 6429. */
    public static final long MAX_MILLIS = (1L << 47) - 1;

    public static final HybridTimestamp ZERO = new HybridTimestamp(0);

    public HybridTimestamp {
        if (packed < 0) {
            throw new IllegalArgumentException("A hybrid timestamp is not negative: " + packed);
        }
    }

    /** A timestamp of the given parts; milliseconds out of range are clamped to it. */
    public static HybridTimestamp of(long millis, int counter) {
        long clamped = Math.max(0, Math.min(MAX_MILLIS, millis));
        return new HybridTimestamp((clamped << COUNTER_BITS) | (counter & MAX_COUNTER));
    }

    /** Milliseconds since 1970. */
    public long millis() {
        return packed >>> COUNTER_BITS;
    }

    public int counter() {
        return (int) (packed & MAX_COUNTER);
    }

    /** The smallest timestamp above this one. */
    public HybridTimestamp next() {
        return new HybridTimestamp(packed == Long.MAX_VALUE ? packed : packed + 1);
    }

    @Override
    public int compareTo(HybridTimestamp other) {
        return Long.compare(packed, other.packed);
    }

    /** The later of the two. */
    public HybridTimestamp max(HybridTimestamp other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public String toString() {
        return millis() + "+" + counter();
    }
}
