package io.ticketmesh.simulation;

import io.ticketmesh.causality.WallClock;

/** A clock on the wall of one machine: it can be wrong, jump and stand still. */
final class SimulatedClock implements WallClock {
    /** 2026-01-01T00:00Z. */
    static final long BEGINNING_MILLIS = 1_767_225_600_000L;

    private final VirtualTime time;
    private long offsetMillis;
    private long frozenAtMillis = -1;

    SimulatedClock(VirtualTime time) {
        this.time = time;
    }

    @Override
    public long millis() {
        return BEGINNING_MILLIS + offsetMillis + (frozenAtMillis < 0 ? time.nowMillis() : frozenAtMillis);
    }

    void setOffset(long millis) {
        offsetMillis = millis;
    }

    void freeze() {
        frozenAtMillis = time.nowMillis();
    }

    void thaw() {
        frozenAtMillis = -1;
    }
}
