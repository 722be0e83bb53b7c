package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;

/**
 * What was promised about a ticket did not come in time. What the policy says for that was done with it, and is among the changes.
 *
 * @param metric what was promised
 */
public record TicketServiceBreached(
        TicketView ticket, List<FieldChange> changes, Act act, Instant due, ServiceMetric metric)
        implements TicketTimerFired {
    public TicketServiceBreached {
        changes = List.copyOf(changes);
    }
}
