package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.util.List;

/** Anything else was done to a ticket: its fields, its state, tags, comments. */
public record TicketChanged(TicketView ticket, List<FieldChange> changes, Act act) implements TicketEdited {
    public TicketChanged {
        changes = List.copyOf(changes);
    }
}
