package io.ticketmesh.crdt;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;

/**
 * What an operation puts on the values that it writes: its trace, and what its author had seen. Seen values are overwritten;
 * all others are concurrent.
 */
public record Stamp(Trace trace, VersionVector seen) {
    /** Whether the author knew the write of {@code earlier}, or made it. */
    public boolean hasSeen(Trace earlier) {
        OperationId operation = earlier.operation();
        return seen.contains(operation) || trace.operation().equals(operation);
    }
}
