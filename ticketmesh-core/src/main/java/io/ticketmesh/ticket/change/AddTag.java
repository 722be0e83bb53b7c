package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Tag;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;

/** Adds a tag. A tag that the ticket has already, in whatever case, stays as it is spelled. */
public record AddTag(String tag) implements Change {
    /** The most characters (UTF-16 units) of a tag. */
    public static final int MAX_CHARS = 64;

    /** The most tags that one ticket can have. */
    public static final int MAX_TAGS = 50;

    public AddTag {
        tag = Texts.line("tags", tag, MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withTags(ticket.tags().put(Tag.of(tag), tag, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.tags().size() >= MAX_TAGS && affects(ticket)) {
            throw new InvalidChangeException(
                    "tags", "too-many", "has more than " + MAX_TAGS + " tags", (long) MAX_TAGS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.tags().contains(Tag.of(tag));
    }
}
