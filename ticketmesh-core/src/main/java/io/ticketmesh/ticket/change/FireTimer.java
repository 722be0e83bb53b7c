package io.ticketmesh.ticket.change;

import io.ticketmesh.causality.Sha256;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Notes that a timer of the ticket fired for a due time, so that nobody fires it for that or an earlier one again. Nodes that cannot see each other
 * may both note it; what follows from it is named after ticket, timer and due time, so it is one thing all the same.
 *
 * @param due in milliseconds
 */
public record FireTimer(String timer, Instant due) implements Change {
    /** The most characters of a timer's name. */
    public static final int MAX_CHARS = 64;

    /** What the fields are called that say for which due times timers last fired; the name of the timer follows. */
    public static final String FIELDS = "timers.";

    /** The most timers of one ticket that ever fired. */
    public static final int MAX_TIMERS = 32;

    public FireTimer {
        timer = Texts.slug("timer", timer, MAX_CHARS);
        due = Times.requireMillis("due", due);
    }

    /** Names what the firing tells, whichever node fires it: a hash of ticket, timer and due time. */
    public String eventId(TicketId ticket) {
        Sha256 hash = Sha256.ofNames("timer", ticket.toString(), timer, due.toString());
        return HexFormat.of().toHexDigits(hash.high()) + HexFormat.of().toHexDigits(hash.low());
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withTimers(ticket.timers().write(timer, due, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (!ticket.timers().entries().containsKey(timer)
                && ticket.timers().entries().size() >= MAX_TIMERS) {
            throw new InvalidChangeException(
                    "timer", "too-many", "is one more than the " + MAX_TIMERS + " that can fire", (long) MAX_TIMERS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return ticket.timers().isBelow(timer, due);
    }
}
