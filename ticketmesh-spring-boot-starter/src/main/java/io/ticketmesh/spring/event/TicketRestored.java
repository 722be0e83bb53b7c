package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.util.List;

/** A ticket that was deleted is back. */
public record TicketRestored(TicketView ticket, List<FieldChange> changes, Act act) implements TicketEdited {
    public TicketRestored {
        changes = List.copyOf(changes);
    }
}
