package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.Ticket;

/** Takes an attachment off the ticket; its bytes go when no ticket refers to them. */
public record RemoveAttachment(AttachmentId id) implements Change {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withAttachments(ticket.attachments().remove(id, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.attachments().contains(id);
    }
}
