package io.ticketmesh.hosts;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, with a deadline. */
final class Waiting {
    private static final long LOOK_NANOS = 10_000_000;

    private Waiting() {}

    static void until(Duration deadline, Supplier<String> complaint, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within " + deadline + ": " + complaint.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
