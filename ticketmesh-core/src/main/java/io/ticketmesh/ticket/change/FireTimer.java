package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.util.Optional;

/**
 * Notes that a timer of the ticket fired for a due time, so that nobody fires it for that again. Nodes that cannot see each other
 * may both note it; what follows from it is named after ticket, timer and due time, so it is one thing all the same.
 *
 * @param due in milliseconds
 */
public record FireTimer(String timer, Instant due) implements Change {
    /** The most characters of a timer's name. */
    public static final int MAX_CHARS = 64;

    /** The most timers of one ticket that ever fired. */
    public static final int MAX_TIMERS = 32;

    public FireTimer {
        timer = Texts.slug("timer", timer, MAX_CHARS);
        due = Times.requireMillis("due", due);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withTimers(ticket.timers().write(timer, due, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (!ticket.timers().registers().containsKey(timer)
                && ticket.timers().registers().size() >= MAX_TIMERS) {
            throw new InvalidChangeException(
                    "timer", "too-many", "is one more than the " + MAX_TIMERS + " that can fire", (long) MAX_TIMERS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        return !ticket.timers().get(timer).value().equals(Optional.of(due));
    }
}
