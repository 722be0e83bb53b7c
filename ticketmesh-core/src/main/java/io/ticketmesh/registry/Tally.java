package io.ticketmesh.registry;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many datagrams were not taken, and why. One thread counts, any may look. */
final class Tally {
    private final AtomicLongArray counts = new AtomicLongArray(Fault.values().length);

    void count(Fault fault) {
        counts.incrementAndGet(fault.ordinal());
    }

    long of(Fault fault) {
        return counts.get(fault.ordinal());
    }

    long of(Collection<Fault> faults) {
        return faults.stream().mapToLong(this::of).sum();
    }

    long all() {
        return of(Arrays.asList(Fault.values()));
    }
}
