package io.ticketmesh.benchmark;

import java.time.Duration;
import java.util.Arrays;

/** Counts what each of several nodes has heard, and knows when the last of them had heard enough. Thread-safe. */
final class Arrivals {
    private final long[] heard;
    private long goal = Long.MAX_VALUE;
    private long reachedAt;

    Arrivals(int nodes) {
        heard = new long[nodes];
    }

    /** A node has heard of one more ticket. */
    synchronized void heard(int node) {
        heard[node]++;
        if (heard[node] == goal && least() == goal) {
            reachedAt = System.nanoTime();
            notifyAll();
        }
    }

    /** How many tickets every node has heard of. */
    synchronized long least() {
        return Arrays.stream(heard).min().orElseThrow();
    }

    /** Says how many tickets every node is to hear of in all; returns that number. */
    synchronized long expect(long count) {
        goal = count;
        reachedAt = System.nanoTime();
        return count;
    }

    /** Waits until every node has heard of as many as expected; returns when that was, as {@link System#nanoTime()}. */
    synchronized long await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (least() < goal) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("Nodes heard of " + Arrays.toString(heard) + ", not of " + goal);
            }
            wait(left);
        }
        return reachedAt;
    }
}
