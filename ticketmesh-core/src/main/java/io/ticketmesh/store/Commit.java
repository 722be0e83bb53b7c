package io.ticketmesh.store;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import java.util.List;

/**
 * What one step of a replica adds to its store: the entries for the log, and what the store holds after them. The latter follows
 * from the former, so a store may keep the entries alone durable and compute the rest again with {@link Staging}.
 *
 * @param entries in the order in which they were applied
 * @param tickets every ticket that changed, as it is now
 * @param comments every comment that changed, as it is now
 * @param tombstones tickets that were purged; their tickets, comments and histories go
 * @param version what is held now
 * @param ahead what snapshots brought in part, see {@link ReplicaReader#ahead()}
 */
public record Commit(
        List<LogEntry> entries,
        List<Ticket> tickets,
        List<Comment> comments,
        List<Tombstone> tombstones,
        VersionVector version,
        VersionVector ahead) {
    public Commit {
        entries = List.copyOf(entries);
        tickets = List.copyOf(tickets);
        comments = List.copyOf(comments);
        tombstones = List.copyOf(tombstones);
    }

    /** Whether there is nothing to keep. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
