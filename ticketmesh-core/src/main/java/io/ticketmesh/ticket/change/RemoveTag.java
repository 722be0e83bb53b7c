package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Tag;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;

/** Takes a tag away, in whatever case it is spelled; a concurrent addition survives. */
public record RemoveTag(String tag) implements Change {
    public RemoveTag {
        tag = Texts.line("tags", tag, AddTag.MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withTags(ticket.tags().remove(Tag.of(tag), stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.tags().contains(Tag.of(tag));
    }
}
