package io.ticketmesh.transport.jgroups;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits to be sent, bounded by bytes and by number. A parcel takes room until it is {@linkplain #release released}, also
 * while it waits for its member. When there is no room the new parcel is not taken. Thread-safe.
 */
final class SendQueue {
    static final int MAX_PARCELS = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<Parcel> fresh = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private int parcels;

    SendQueue(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether there was room. Does not wait. */
    boolean offer(Parcel parcel) {
        lock.lock();
        try {
            if (parcels == MAX_PARCELS || bytes + parcel.bytes().length > maxBytes) {
                return false;
            }
            fresh.add(parcel);
            parcels++;
            bytes += parcel.bytes().length;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All that came since the last call, oldest first; waits for the first of them, {@code millis} at most. */
    List<Parcel> take(long millis) throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (fresh.isEmpty() && nanos > 0) {
                nanos = filled.awaitNanos(nanos);
            }
            List<Parcel> taken = new ArrayList<>(fresh);
            fresh.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void release(Parcel parcel) {
        lock.lock();
        try {
            parcels--;
            bytes -= parcel.bytes().length;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
