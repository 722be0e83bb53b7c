package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.Optional;

/** Says what kind of ticket it is: one of the types that the workflow names. */
public record SetType(String type) implements Change {
    public SetType {
        type = Texts.slug("type", type, 32);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withType(ticket.type().write(type, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (!workflow.types().contains(type)) {
            throw new InvalidChangeException(
                    "type", "unknown-value", "is '" + type + "', not one of " + workflow.types(), null);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.type().value().equals(Optional.of(type));
    }
}
