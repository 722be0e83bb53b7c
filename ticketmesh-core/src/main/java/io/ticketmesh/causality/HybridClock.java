package io.ticketmesh.causality;

/**
 * Orders events of all replicas even when their clocks disagree. The physical part never runs behind the newest timestamp
 * witnessed, so an edit made after seeing another always wins over it. Kulkarni et al., Logical Physical Clocks (OPODIS 2014).
 *
 * <p>A timestamp further ahead than {@link #MAX_LEAD_MILLIS} does not move the clock for good: it is counted, and only the
 * writes that must beat it are stamped above it with {@link #after}. One broken clock so never drags all others along.
 *
 * <p>Owned by the replica thread; not thread-safe.
 */
public final class HybridClock {
    /** How far ahead of the wall clock a foreign timestamp may be and still move this clock: one minute. */
    public static final long MAX_LEAD_MILLIS = 60_000;

    private final WallClock wall;
    private HybridTimestamp last;
    private long leadsRefused;
    private long largestLeadMillis;

    /**
     * @param floor no timestamp at or below it is given out: the persisted upper bound of an earlier run
     */
    public HybridClock(WallClock wall, HybridTimestamp floor) {
        this.wall = wall;
        this.last = floor;
    }

    /** A timestamp above all that this clock gave out or accepted. */
    public HybridTimestamp now() {
        HybridTimestamp physical = HybridTimestamp.of(wall.millis(), 0);
        last = physical.compareTo(last) > 0 ? physical : last.next();
        return last;
    }

    /** A timestamp above {@code seen} too, however far ahead that is, without dragging the clock along. */
    public HybridTimestamp after(HybridTimestamp seen) {
        if (isTooFarAhead(seen)) {
            return seen.next();
        }
        last = last.max(seen);
        return now();
    }

    /** Takes note of a foreign timestamp. */
    public void witness(HybridTimestamp seen) {
        if (isTooFarAhead(seen)) {
            leadsRefused++;
            largestLeadMillis = Math.max(largestLeadMillis, seen.millis() - wall.millis());
        } else {
            last = last.max(seen);
        }
    }

    /** What the clock on the wall shows, in milliseconds since 1970, wherever this clock has got to. */
    public long wallMillis() {
        return wall.millis();
    }

    /**
     * A bound to persist, above {@link #last()} and enough for {@code leadMillis} to come. It leans on the wall clock, not on an
     * earlier bound, so a node that is restarted again and again does not walk into the future.
     */
    public HybridTimestamp bound(long leadMillis) {
        return HybridTimestamp.of(Math.max(wall.millis() + leadMillis, last.millis() + 1), 0)
                .max(last);
    }

    /** The newest timestamp given out or accepted. */
    public HybridTimestamp last() {
        return last;
    }

    /** How many foreign timestamps were too far ahead to follow. */
    public long leadsRefused() {
        return leadsRefused;
    }

    /** The largest lead among them, in milliseconds. */
    public long largestLeadMillis() {
        return largestLeadMillis;
    }

    private boolean isTooFarAhead(HybridTimestamp seen) {
        return seen.millis() - wall.millis() > MAX_LEAD_MILLIS && seen.millis() > last.millis();
    }
}
