package io.ticketmesh.spring.event;

import io.ticketmesh.ticket.TicketId;
import org.jspecify.annotations.Nullable;

/**
 * A ticket was removed for good.
 *
 * @param act null when only the fact came from another node
 */
public record TicketPurged(TicketId ticketId, @Nullable Act act) implements TicketEvent {
    @Override
    public boolean isRemote() {
        return act == null || act.isRemote();
    }
}
