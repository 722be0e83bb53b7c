package io.ticketmesh.replica;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.Ticket;

/**
 * How large an operation, and the ticket that it leaves, may be. Asked where a write is accepted, so that nothing is accepted that
 * some replica could not store or send; never where operations of others are applied. The replica calls, in its thread. All
 * replicas of a group must have the same limit.
 */
@FunctionalInterface
public interface OperationLimit {
    /** Lets everything through: for replicas whose store has no limit. */
    OperationLimit NONE = (operation, before, after) -> {};

    /**
     * @param before the ticket without the operation
     * @param after the ticket with it
     * @throws io.ticketmesh.ticket.InvalidChangeException when one of them is too large
     */
    void check(Operation operation, Ticket before, Ticket after);
}
