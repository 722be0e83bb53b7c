package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.Ticket;

/** Says when the ticket should be done. */
public record SetDue(Due due) implements Change {
    public SetDue {
        if (due instanceof Due.At at) {
            due = new Due.At(Times.requireMillis("dueAt", at.instant()));
        } else if (due instanceof Due.On on) {
            Times.requireYear("dueDate", on.date());
        }
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withDue(ticket.due().write(due, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !due.equals(ticket.due().or(Due.NEVER));
    }
}
