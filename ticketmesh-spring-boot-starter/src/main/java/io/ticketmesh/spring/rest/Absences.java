package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What was waited for in vain, so that a client whose token names what was lost with a disk does not wait for it at each request, for ever.
 * Remembers {@link #MOST} runs of nodes, each for {@link #REMEMBERED}. Thread-safe.
 */
final class Absences {
    static final int MOST = 256;

    /** For so long it is missed before it counts as lost: several times as long as nodes take to compare. */
    static final Duration MISSED = Duration.ofSeconds(15);

    /** After so long somebody waits again. */
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final LongSupplier nanos;
    private final Map<Origin, Absence> absences = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, Absence> eldest) {
            return size() > MOST;
        }
    };

    private record Absence(long sequence, long notedNanos) {}

    /** @param nanos a monotonic clock, nanoseconds */
    Absences(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What {@code held} lacks of {@code wanted} did not come while somebody waited. */
    synchronized void note(VersionVector wanted, VersionVector held) {
        long now = nanos.getAsLong();
        wanted.forEach((origin, sequence) -> {
            Absence before = absences.get(origin);
            boolean known = before != null && held.get(origin) < before.sequence() && before.sequence() <= sequence;
            if (held.get(origin) < sequence && !known) {
                absences.remove(origin); // so that it counts as new
                absences.put(origin, new Absence(sequence, now));
            }
        });
    }

    /** Whether something that {@code held} lacks of {@code wanted} was waited for in vain some time ago, and did not come since. */
    synchronized boolean include(VersionVector wanted, VersionVector held) {
        long now = nanos.getAsLong();
        absences.values().removeIf(absence -> now - absence.notedNanos() >= REMEMBERED.toNanos());
        return absences.entrySet().stream()
                .filter(each -> now - each.getValue().notedNanos() >= MISSED.toNanos())
                .anyMatch(each -> held.get(each.getKey()) < each.getValue().sequence()
                        && wanted.get(each.getKey()) >= each.getValue().sequence());
    }
}
