package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts that what the ticket is about happened again.
 *
 * @param place where it happened last; null when that is not told
 */
public record RecordOccurrences(long count, @Nullable String place) implements Change {
    /** The most occurrences that one change can record. */
    public static final long MAX_COUNT = 1_000_000_000;

    /** The most characters (UTF-16 units) of a place. */
    public static final int MAX_PLACE_CHARS = 128;

    public RecordOccurrences {
        if (count < 1 || count > MAX_COUNT) {
            throw new InvalidChangeException(
                    "occurrences", "out-of-range", "is " + count + ", not 1 to " + MAX_COUNT, MAX_COUNT);
        }
        place = place == null ? null : Texts.line("place", place, MAX_PLACE_CHARS);
    }

    /** Occurrences somewhere. */
    public RecordOccurrences(long count) {
        this(count, null);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        Ticket counted = ticket.withOccurrences(ticket.occurrences().add(count, stamp));
        return place == null
                ? counted
                : counted.withLastPlace(counted.lastPlace().write(place, stamp));
    }

    /** What happens again is not done: the ticket is opened again, if its workflow has a way back. */
    @Override
    public List<Change> consequences(Ticket ticket, String actor, Workflow workflow) {
        Status now = ticket.status().or(StatusValue.INITIAL).status();
        Status reopened = workflow.reopened(now);
        boolean comesBack = workflow.category(now) == StatusCategory.DONE
                && !reopened.equals(now)
                && !CreateTicket.isUnderWay(ticket)
                && SetStatus.hasRoom(ticket);
        return comesBack ? List.of(new SetStatus(reopened)) : List.of();
    }
}
