package io.ticketmesh.replica;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;

/** Something happened to a ticket, and the store shows it. */
public sealed interface TicketEvent {
    TicketId ticketId();

    /**
     * An operation was applied.
     *
     * @param before the ticket before it; unborn when it is new
     * @param after the ticket after it
     * @param remote whether another replica accepted it
     */
    record Changed(Operation operation, Ticket before, Ticket after, boolean remote) implements TicketEvent {
        @Override
        public TicketId ticketId() {
            return operation.ticket();
        }
    }

    /** The ticket was purged. */
    record Purged(Operation operation, boolean remote) implements TicketEvent {
        @Override
        public TicketId ticketId() {
            return operation.ticket();
        }
    }

    /**
     * The ticket came by snapshot, perhaps with many operations at once.
     *
     * @param after the ticket now; unborn when the snapshot said that it was purged
     */
    record Adopted(Ticket after) implements TicketEvent {
        @Override
        public TicketId ticketId() {
            return after.id();
        }
    }
}
