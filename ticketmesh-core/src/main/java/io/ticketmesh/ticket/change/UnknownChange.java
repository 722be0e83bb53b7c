package io.ticketmesh.ticket.change;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;

/**
 * A change of a kind that only a newer version knows: kept and passed on as it is, applied after an upgrade.
 *
 * @param kind the number of the kind on the wire
 */
public record UnknownChange(int kind, Bytes body) implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket;
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        throw new InvalidChangeException("change", "unknown-kind", "is of kind " + kind + ", unknown here", null);
    }
}
