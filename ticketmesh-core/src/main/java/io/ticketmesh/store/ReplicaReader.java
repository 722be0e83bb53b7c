package io.ticketmesh.store;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.ticket.TicketId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a replica reads besides tickets. The rules of {@link TicketReader} hold. */
public interface ReplicaReader extends TicketReader {
    /** The number of buckets that tickets fall into for comparison: by the lowest byte of their id. */
    int BUCKETS = 256;

    /** Whose store this is. */
    NodeId node();

    /** The highest incarnation that was opened on this store; 0 before the first. */
    long incarnation();

    /** The operations whose effects are held. */
    VersionVector version();

    /** The part of {@link #version()} that came by snapshot or was cut from the log: not to be had operation by operation. */
    VersionVector floor();

    /**
     * The operations whose effects some ticket holds already, because a snapshot brought them, although {@link #version()} does not
     * cover them yet. Once {@code version()} dominates it, equal versions mean equal content again.
     */
    VersionVector ahead();

    /** The clock gave out nothing above this. */
    HybridTimestamp clockBound();

    /** The nodes that were enrolled. */
    Roster roster();

    /**
     * Consecutive operations of one origin, from {@code first} on: at most {@code max}, or fewer when they grow large, or as many
     * as there are.
     *
     * @param first above {@code floor().get(origin)}
     */
    List<Operation> operations(Origin origin, long first, int max);

    /** States of at most {@code max} tickets behind {@code after} by rising id, tombstones too; fewer when they grow large; empty at the end. */
    List<TicketState> states(@Nullable TicketId after, int max);

    /** Ids of at most {@code max} tickets behind {@code after} by rising id, also of those that are not born yet; empty at the end. */
    List<TicketId> ticketsAfter(@Nullable TicketId after, int max);

    /** A sum per bucket over the fingerprints of its tickets, comments and tombstones: equal content gives equal sums. */
    long[] buckets();

    /** The end of the list of changes that {@link #changedSince} reads; grows with every commit. */
    long position();

    /**
     * Which tickets changed, in the order of commits; the same ticket may come several times. What is listed is visible to every
     * read that begins afterwards.
     *
     * @param position 0 for the beginning, else the {@code next} of an earlier answer
     * @param max how many log entries to look at
     */
    ChangedTickets changedSince(long position, int max);

    /** The bucket that a ticket falls into. */
    static int bucketOf(TicketId id) {
        return (int) (id.low() & (BUCKETS - 1));
    }
}
