package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.Ticket;

/** Says on whose behalf the ticket was created. */
public record SetReporter(String reporter) implements Change {
    public SetReporter {
        reporter = Principals.require("reporter", reporter);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withReporter(ticket.reporter().write(reporter, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        Birth birth = ticket.birth();
        return !reporter.equals(ticket.reporter().or(birth == null ? "" : birth.createdBy()));
    }
}
