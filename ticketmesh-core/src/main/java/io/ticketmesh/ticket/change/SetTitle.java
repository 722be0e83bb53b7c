package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;

/** Gives the ticket another title. */
public record SetTitle(String title) implements Change {
    /** The most characters (UTF-16 units) of a title. */
    public static final int MAX_CHARS = 255;

    public SetTitle {
        title = requireTitle(title);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return applied(title, ticket, stamp);
    }

    static Ticket applied(String title, Ticket ticket, Stamp stamp) {
        return ticket.redactions().voids(stamp)
                ? ticket
                : ticket.withTitle(ticket.title().write(title, stamp));
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !title.equals(ticket.title().or(""));
    }

    static String requireTitle(String title) {
        return Texts.line("title", title, MAX_CHARS);
    }
}
