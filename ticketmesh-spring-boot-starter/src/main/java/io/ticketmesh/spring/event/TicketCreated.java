package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.util.List;

/** A ticket is new. */
public record TicketCreated(TicketView ticket, List<FieldChange> changes, Act act) implements TicketEdited {
    public TicketCreated {
        changes = List.copyOf(changes);
    }
}
