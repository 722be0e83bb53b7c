package io.ticketmesh.oplog;

import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.List;

/** All that a replica holds of one ticket: the unit of snapshots. */
public sealed interface TicketState {
    TicketId id();

    /**
     * A ticket that is there, deleted or not.
     *
     * @param history its operations, by rising trace
     */
    record Living(Ticket ticket, List<Comment> comments, List<Operation> history) implements TicketState {
        public Living {
            comments = List.copyOf(comments);
            history = List.copyOf(history);
        }

        @Override
        public TicketId id() {
            return ticket.id();
        }
    }

    /** A ticket that was purged. */
    record Purged(Tombstone tombstone) implements TicketState {
        @Override
        public TicketId id() {
            return tombstone.ticket();
        }
    }
}
