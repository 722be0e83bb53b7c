package io.ticketmesh.replica;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.ticket.TicketId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another replica as it was last heard. Owned by the replica. */
final class Peer {
    final Origin origin;
    private VersionVector version = VersionVector.EMPTY;
    private final Progress progress = new Progress();
    VersionVector floor = VersionVector.EMPTY;
    long heardAtMillis;
    /** Before then no tickets are asked of it: it did not answer. */
    long avoidedUntilMillis;
    /** When the pull was sent whose answer is awaited; null when none is. */
    @Nullable
    Long pulledAtMillis;
    /** Before then it is not asked again for all that it holds. */
    long nextWholeMillis;
    /** Whose operations that pull asks for. */
    Set<Origin> pulled = Set.of();
    /** The snapshot that is being fetched from this peer; null when none is. */
    @Nullable
    Fetch fetch;

    Peer(Origin origin) {
        this.origin = origin;
    }

    /** What it is known to hold on disk. */
    VersionVector version() {
        return version;
    }

    /** It holds all that {@code more} covers. What it had when it was first heard of is nothing that it got just now. */
    void learn(VersionVector more, long nowMillis) {
        if (!version.isEmpty()) {
            progress.note(version, more, nowMillis);
        }
        version = version.merge(more);
    }

    /** It holds that operation and all before it. */
    void learn(OperationId operation, long nowMillis) {
        if (!version.isEmpty() && !version.contains(operation)) {
            progress.note(operation.origin(), operation.sequence(), nowMillis);
        }
        version = version.with(operation);
    }

    /** When it was first known to hold the operation; null when that is not remembered. */
    @Nullable
    Long heldSince(OperationId operation) {
        return progress.since(operation);
    }

    /**
     * How far the fetching of a snapshot has come.
     *
     * @param version what the snapshot covers; null before its first part came
     * @param buckets the buckets that are fetched; empty for all tickets
     * @param requests how often this part was asked for
     */
    record Fetch(
            @Nullable VersionVector version,
            @Nullable TicketId after,
            Set<Integer> buckets,
            long askedAtMillis,
            int requests) {
        /** Whether it brings all tickets, so that nothing else need be pulled meanwhile. */
        boolean isWhole() {
            return buckets.isEmpty();
        }
    }
}
