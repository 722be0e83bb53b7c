package io.ticketmesh.node;

import java.util.concurrent.TimeUnit;

/** A point in time until which threads may end. */
final class Deadline {
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * Waits until the thread has ended, and says whether it has. An interrupt does not shorten that, because half a close is worse
     * than a late one; it shows again afterwards. A thread does not wait for itself.
     */
    boolean join(Thread thread) {
        boolean interrupted = false;
        long left = nanos - System.nanoTime();
        while (thread.isAlive() && left > 0 && thread != Thread.currentThread()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
            left = nanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
