package io.ticketmesh.registry;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How many datagrams were not taken, and why. Thread-safe. */
final class Tally {
    private final Map<Fault, LongAdder> counts = new EnumMap<>(Fault.class);

    Tally() {
        for (Fault fault : Fault.values()) {
            counts.put(fault, new LongAdder());
        }
    }

    void count(Fault fault) {
        adder(fault).increment();
    }

    long of(Fault fault) {
        return adder(fault).sum();
    }

    long of(Collection<Fault> faults) {
        return faults.stream().mapToLong(this::of).sum();
    }

    long all() {
        return of(Arrays.asList(Fault.values()));
    }

    private LongAdder adder(Fault fault) {
        return Objects.requireNonNull(counts.get(fault), "Every fault is counted");
    }
}
