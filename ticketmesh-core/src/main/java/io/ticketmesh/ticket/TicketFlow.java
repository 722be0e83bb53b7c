package io.ticketmesh.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came in and went out, day by day, and how long it took. Told of the tickets as they are now: one that is deleted was never there,
 * and one that was given to somebody else was always his. Immutable.
 *
 * @param from the first day
 * @param to the last day, included
 * @param zone whose days these are
 * @param days all of them in order
 * @param firstResponse from creation to the first public comment of somebody else, of tickets that had it in these days
 * @param resolution from creation to the last time a ticket was done, of tickets that are done since then and were in these days
 */
public record TicketFlow(
        LocalDate from, LocalDate to, ZoneId zone, List<Day> days, Durations firstResponse, Durations resolution) {
    /** The most days. */
    public static final int MAX_DAYS = 366;

    /** The most tickets that are looked at: those that were changed since the first day. */
    public static final int MAX_TICKETS = 200_000;

    /**
     * One day.
     *
     * @param resolved how often a ticket became done
     * @param closed how often a ticket was closed
     * @param reopened how often a ticket that was done became open again
     * @param open how many were not done at its end
     */
    public record Day(LocalDate day, long created, long resolved, long closed, long reopened, long open) {}

    /**
     * How long something took, in milliseconds: half of them, and nine tenths of them, took no longer.
     *
     * @param median null when there was none
     * @param ninetieth null when there was none
     */
    public record Durations(
            long count, @Nullable Long median, @Nullable Long ninetieth) {
        private static Durations of(long[] unsorted) {
            long[] millis = unsorted.clone();
            Arrays.sort(millis);
            return new Durations(millis.length, rank(millis, 50), rank(millis, 90));
        }

        /** The smallest that at least so many in a hundred do not exceed. */
        private static @Nullable Long rank(long[] sorted, int percent) {
            return sorted.length == 0 ? null : sorted[(int) ((sorted.length * (long) percent + 99) / 100) - 1];
        }
    }

    public TicketFlow {
        days = List.copyOf(days);
    }

    /**
     * When the first day begins: who was not changed since then, changed nothing in these days.
     *
     * @throws InvalidQueryException when there are too many days, or none
     */
    public static Instant begin(LocalDate from, LocalDate to, ZoneId zone) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1) {
            throw new InvalidQueryException("to", "out-of-range", "is before 'from'", -1, List.of());
        }
        if (days > MAX_DAYS) {
            throw new InvalidQueryException(
                    "from", "out-of-range", "is " + days + " days before the end, at most " + MAX_DAYS, -1, List.of());
        }
        return from.atStartOfDay(zone).toInstant();
    }

    /** Counts tickets one by one. For one thread. */
    public static final class Collector {
        private final LocalDate from;
        private final LocalDate to;
        private final ZoneId zone;
        private final Workflow workflow;
        private final long[] created;
        private final long[] resolved;
        private final long[] closed;
        private final long[] reopened;

        /** By how much the number of open tickets grew, per day; at the end, by how much it grew after the last one. */
        private final long[] growth;

        private final List<Long> responses = new ArrayList<>();
        private final List<Long> resolutions = new ArrayList<>();

        /** @throws InvalidQueryException see {@link #begin} */
        public Collector(LocalDate from, LocalDate to, ZoneId zone, Workflow workflow) {
            begin(from, to, zone);
            this.from = from;
            this.to = to;
            this.zone = zone;
            this.workflow = workflow;
            int days = (int) ChronoUnit.DAYS.between(from, to) + 1;
            created = new long[days];
            resolved = new long[days];
            closed = new long[days];
            reopened = new long[days];
            growth = new long[days + 1];
        }

        /** Another ticket, which was changed since the first day or has no part in it. */
        public void add(TicketView ticket) {
            Instant createdAt = ticket.createdAt();
            count(created, createdAt);
            grow(createdAt, 1);
            Status before = Status.NEW;
            boolean wasDone = false;
            for (StatusStep step : ticket.trail()) {
                Status status = step.value().status();
                boolean done = workflow.category(status) == StatusCategory.DONE;
                Instant at = Instant.ofEpochMilli(step.atMillis());
                if (done != wasDone) {
                    count(done ? resolved : reopened, at);
                    grow(at, done ? -1 : 1);
                }
                if (status.equals(Status.CLOSED) && !before.equals(Status.CLOSED)) {
                    count(closed, at);
                }
                before = status;
                wasDone = done;
            }
            measure(createdAt, ticket.firstResponseAt(), responses);
            measure(createdAt, ticket.resolvedAt(), resolutions);
        }

        private void measure(Instant begin, @Nullable Instant end, List<Long> durations) {
            if (end != null && indexOf(end) >= 0 && indexOf(end) < created.length) {
                durations.add(Math.max(0, end.toEpochMilli() - begin.toEpochMilli()));
            }
        }

        private void count(long[] counts, Instant at) {
            int index = indexOf(at);
            if (index >= 0 && index < counts.length) {
                counts[index]++;
            }
        }

        private void grow(Instant at, int by) {
            int index = indexOf(at);
            if (index >= 0) {
                growth[index] += by;
            }
        }

        /** Of its day; -1 before the first one, and one more than the last behind that. */
        private int indexOf(Instant at) {
            long index = ChronoUnit.DAYS.between(from, LocalDate.ofInstant(at, zone));
            return (int) Math.max(-1, Math.min(index, created.length));
        }

        /** @param openNow how many of all tickets in question are not done */
        public TicketFlow flow(long openNow) {
            List<Day> days = new ArrayList<>();
            long open = openNow - growth[created.length];
            for (int i = created.length - 1; i >= 0; i--) {
                days.add(0, new Day(from.plusDays(i), created[i], resolved[i], closed[i], reopened[i], open));
                open -= growth[i];
            }
            return new TicketFlow(from, to, zone, days, durations(responses), durations(resolutions));
        }

        private static Durations durations(List<Long> millis) {
            return Durations.of(millis.stream().mapToLong(Long::longValue).toArray());
        }
    }
}
