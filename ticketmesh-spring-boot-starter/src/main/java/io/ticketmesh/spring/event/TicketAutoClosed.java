package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;

/** A resolved ticket was closed, because nobody had touched it for long enough. */
public record TicketAutoClosed(TicketView ticket, List<FieldChange> changes, Act act, Instant due)
        implements TicketTimerFired {
    public TicketAutoClosed {
        changes = List.copyOf(changes);
    }
}
