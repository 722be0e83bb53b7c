package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Ticket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the ticket to somebody.
 *
 * @param assignee at most 128 characters; null takes it from everybody
 */
public record SetAssignee(@Nullable String assignee) implements Change {
    public SetAssignee {
        if (assignee != null) {
            assignee = Principals.require("assignee", assignee);
        }
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withAssignee(ticket.assignee().write(Optional.ofNullable(assignee), stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !Optional.ofNullable(assignee).equals(ticket.assignee().or(Optional.empty()));
    }
}
