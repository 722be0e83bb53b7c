package io.ticketmesh.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a ticket should be done: at an instant, on a local date, or never; one is never turned into another. */
public sealed interface Due {
    Due NEVER = new Never();

    /** When it is over; null for never. */
    @Nullable
    Instant endsAt(ZoneId zone);

    /** Whether it is over: the instant is past, or the clock on the wall in {@code zone} shows a later day. */
    boolean isPast(Instant now, ZoneId zone);

    /** At a moment that is the same everywhere; millisecond precision. */
    record At(Instant instant) implements Due {
        @Override
        public Instant endsAt(ZoneId zone) {
            return instant;
        }

        @Override
        public boolean isPast(Instant now, ZoneId zone) {
            return instant.isBefore(now);
        }
    }

    /** By the end of a calendar day in the zone of {@link TimeRules}. */
    record On(LocalDate date) implements Due {
        @Override
        public Instant endsAt(ZoneId zone) {
            return date.plusDays(1).atStartOfDay(zone).toInstant();
        }

        @Override
        public boolean isPast(Instant now, ZoneId zone) {
            return LocalDate.ofInstant(now, zone).isAfter(date);
        }
    }

    /** Not due. */
    record Never() implements Due {
        @Override
        public @Nullable Instant endsAt(ZoneId zone) {
            return null;
        }

        @Override
        public boolean isPast(Instant now, ZoneId zone) {
            return false;
        }
    }
}
