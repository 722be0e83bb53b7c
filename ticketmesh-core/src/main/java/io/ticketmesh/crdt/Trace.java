package io.ticketmesh.crdt;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;

/**
 * Who wrote a value, when, and in which operation. Ordered by time and then by operation: the order in which concurrent writes
 * win, the same on every replica.
 *
 * @param time hybrid time, which decides
 * @param atMillis the time that people read, milliseconds since 1970; differs from {@code time} for imported history
 */
public record Trace(HybridTimestamp time, OperationId operation, String actor, long atMillis)
        implements Comparable<Trace> {
    @Override
    public int compareTo(Trace other) {
        int byTime = time.compareTo(other.time);
        return byTime != 0 ? byTime : operation.compareTo(other.operation);
    }
}
