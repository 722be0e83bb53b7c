package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that the ticket is the same matter as another one, which is worked on instead. Two concurrent merges of opposite
 * direction are resolved where tickets are read.
 *
 * @param target null takes the merge back
 */
public record MergeInto(@Nullable TicketId target) implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withMergedInto(ticket.mergedInto().write(Optional.ofNullable(target), stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.id().equals(target)) {
            throw new InvalidChangeException("mergedInto", "self", "is the ticket itself", null);
        }
    }

    @Override
    public List<TicketId> references() {
        return target == null ? List.of() : List.of(target);
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !Optional.ofNullable(target).equals(ticket.mergedInto().or(Optional.empty()));
    }
}
