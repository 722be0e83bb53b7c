package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Mentions;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.List;

/** Gives the ticket another description, in Markdown; empty takes it away. */
public record SetDescription(String description) implements Change {
    /** The most characters (UTF-16 units) of a description. */
    public static final int MAX_CHARS = 65_536;

    public SetDescription {
        Texts.text("description", description, MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.redactions().voids(stamp)
                ? ticket
                : ticket.withDescription(ticket.description().write(description, stamp));
    }

    /** Whom the description mentions, and the one before did not, watches the ticket. */
    @Override
    public List<Change> consequences(Ticket ticket, String actor, Workflow workflow) {
        List<String> mentioned = Mentions.in(description);
        if (mentioned.isEmpty()) {
            return List.of();
        }
        List<String> before = Mentions.in(ticket.description().or(""));
        List<String> names =
                mentioned.stream().filter(name -> !before.contains(name)).toList();
        return AddWatcher.ofMentioned(names, ticket);
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !description.equals(ticket.description().or(""));
    }
}
