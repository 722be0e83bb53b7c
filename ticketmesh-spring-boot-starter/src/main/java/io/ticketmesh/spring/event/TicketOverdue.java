package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;

/** A ticket is overdue: it was due, and is not done. */
public record TicketOverdue(TicketView ticket, List<FieldChange> changes, Act act, Instant due)
        implements TicketTimerFired {
    public TicketOverdue {
        changes = List.copyOf(changes);
    }
}
