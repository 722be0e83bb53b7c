package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.util.List;

/** A ticket was deleted, and can be restored. */
public record TicketDeleted(TicketView ticket, List<FieldChange> changes, Act act) implements TicketEdited {
    public TicketDeleted {
        changes = List.copyOf(changes);
    }
}
