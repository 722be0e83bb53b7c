package io.ticketmesh.sample.mesh;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions, with a deadline. */
final class Waiting {
    private static final long LOOK_NANOS = 2_000_000;

    private Waiting() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(Duration deadline, Supplier<String> complaint, Condition condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Not within " + deadline + ": " + complaint.get());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Lets a fault last, or load go on, for so long; never to wait for something to happen. */
    static void pass(Duration time) {
        passUntil(System.nanoTime() + time.toNanos());
    }

    /** @param end as {@link System#nanoTime} says */
    static void passUntil(long end) {
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
