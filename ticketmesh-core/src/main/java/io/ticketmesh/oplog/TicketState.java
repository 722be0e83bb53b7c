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

        /** Whether there is more than the ticket and one comment or operation. */
        public boolean splits() {
            return comments.size() + history.size() > 1;
        }

        /** Two states of the same ticket with half of the comments and of the history each; who adopts both has all. */
        public List<Living> halves() {
            int comment = (comments.size() + 1) / 2;
            int operation = (history.size() + 1) / 2;
            return List.of(
                    new Living(ticket, comments.subList(0, comment), history.subList(0, operation)),
                    new Living(
                            ticket,
                            comments.subList(comment, comments.size()),
                            history.subList(operation, history.size())));
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
