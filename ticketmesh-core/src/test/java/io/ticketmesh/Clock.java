package io.ticketmesh;

import io.ticketmesh.causality.WallClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A time of day that a test moves by hand. */
final class Clock implements WallClock {
    private final AtomicLong millis = new AtomicLong(1_767_225_600_000L); // 2026-01-01

    @Override
    public long millis() {
        return millis.get();
    }

    void pass(Duration duration) {
        millis.addAndGet(duration.toMillis());
    }
}
