package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;

/** Counts that what the ticket is about happened again. */
public record RecordOccurrences(long count) implements Change {
    /** The most occurrences that one change can record. */
    public static final long MAX_COUNT = 1_000_000_000;

    public RecordOccurrences {
        if (count < 1 || count > MAX_COUNT) {
            throw new InvalidChangeException(
                    "occurrences", "out-of-range", "is " + count + ", not 1 to " + MAX_COUNT, MAX_COUNT);
        }
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withOccurrences(ticket.occurrences().add(count, stamp));
    }
}
