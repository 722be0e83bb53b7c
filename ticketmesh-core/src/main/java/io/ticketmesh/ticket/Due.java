package io.ticketmesh.ticket;

import java.time.Instant;
import java.time.LocalDate;

/** When a ticket should be done: at an instant, on a local date, or never; one is never turned into another. */
public sealed interface Due {
    Due NEVER = new Never();

    /** At a moment that is the same everywhere; millisecond precision. */
    record At(Instant instant) implements Due {}

    /** By the end of a calendar day, wherever the reader is. */
    record On(LocalDate date) implements Due {}

    /** Not due. */
    record Never() implements Due {}
}
