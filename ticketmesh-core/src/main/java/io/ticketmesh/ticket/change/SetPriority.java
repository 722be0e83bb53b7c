package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;

/** Says how urgent the ticket is. */
public record SetPriority(Priority priority) implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withPriority(ticket.priority().write(priority, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (!Priority.ALL.contains(priority)) {
            throw new InvalidChangeException(
                    "priority", "unknown-value", "is '" + priority + "', not one of " + Priority.ALL, null);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !priority.equals(ticket.priority().or(Priority.NORMAL));
    }
}
