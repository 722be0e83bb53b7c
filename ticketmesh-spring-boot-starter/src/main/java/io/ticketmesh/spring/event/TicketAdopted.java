package io.ticketmesh.spring.event;

import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;

/**
 * A ticket came whole from another node, because this one was behind by more than could be told change by change: perhaps with many changes at
 * once, perhaps new here. Always remote.
 */
public record TicketAdopted(TicketView ticket) implements TicketEvent {
    @Override
    public TicketId ticketId() {
        return ticket.id();
    }

    @Override
    public boolean isRemote() {
        return true;
    }
}
