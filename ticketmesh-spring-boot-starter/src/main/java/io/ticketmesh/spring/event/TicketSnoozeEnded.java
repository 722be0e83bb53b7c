package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;

/** The time is over for which a ticket waited; it is open again where the workflow allows that. */
public record TicketSnoozeEnded(TicketView ticket, List<FieldChange> changes, Act act, Instant due)
        implements TicketTimerFired {
    public TicketSnoozeEnded {
        changes = List.copyOf(changes);
    }
}
