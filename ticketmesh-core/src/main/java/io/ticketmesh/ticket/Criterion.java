package io.ticketmesh.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One condition of a {@link TicketFilter}. Its {@code matches} defines what an index may find. */
public sealed interface Criterion {
    /**
     * Whether the ticket meets the condition.
     *
     * @param comments the texts of the comments that the reader may see; asked for only when needed
     */
    boolean matches(Ticket ticket, Supplier<List<String>> comments);

    /** A field whose values are compared for equality. */
    enum Field {
        STATUS,
        RESOLUTION,
        PRIORITY,
        ASSIGNEE,
        REPORTER,
        QUEUE,
        TYPE,
        TAG,
        WATCHER,
        EXTERNAL_ID,
        KEY;

        /**
         * The values that the ticket has in this field; for a ticket without assignee or resolution, the empty text. Tags are in
         * normal form.
         */
        public Set<String> valuesOf(Ticket ticket) {
            return switch (this) {
                case STATUS ->
                    Set.of(ticket.status().or(StatusValue.INITIAL).status().name());
                case RESOLUTION -> {
                    String resolution = ticket.status().or(StatusValue.INITIAL).resolution();
                    yield Set.of(resolution == null ? "" : resolution);
                }
                case PRIORITY -> Set.of(ticket.priority().or(Priority.NORMAL).name());
                case ASSIGNEE ->
                    Set.of(ticket.assignee().or(java.util.Optional.empty()).orElse(""));
                case REPORTER -> Set.of(reporterOf(ticket));
                case QUEUE -> Set.of(ticket.queue().or("default"));
                case TYPE -> Set.of(ticket.type().or("incident"));
                case TAG -> {
                    Set<String> tags = new TreeSet<>();
                    ticket.tags().entries().keySet().forEach(tag -> tags.add(tag.folded()));
                    yield tags;
                }
                case WATCHER -> ticket.watchers().entries().keySet();
                case EXTERNAL_ID -> Set.of(ticket.externalId().or(""));
                case KEY -> Set.of(ticket.id().key().toString());
            };
        }

        private static String reporterOf(Ticket ticket) {
            Birth birth = ticket.birth();
            return ticket.reporter().or(birth == null ? "" : birth.createdBy());
        }
    }

    /** A field that is a time. */
    enum TimeField {
        CREATED,
        UPDATED,
        /** A due date without time counts as the last millisecond of that day in UTC, whatever the zone in which it ends. */
        DUE;

        /** Milliseconds since 1970; null when the ticket has no such time. */
        public @Nullable Long valueOf(Ticket ticket) {
            return switch (this) {
                case CREATED -> {
                    Birth birth = ticket.birth();
                    yield birth == null ? null : birth.atMillis();
                }
                case UPDATED -> ticket.updatedMillis();
                case DUE -> dueMillis(ticket.due().or(Due.NEVER));
            };
        }

        private static @Nullable Long dueMillis(Due due) {
            if (due instanceof Due.At at) {
                return at.instant().toEpochMilli();
            } else if (due instanceof Due.On on) {
                LocalDate after = on.date().plusDays(1);
                return after.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1;
            }
            return null;
        }
    }

    /** One of the values, or with {@code negated} none of them. Tags are given in normal form. */
    record AnyOf(Field field, Set<String> values, boolean negated) implements Criterion {
        public AnyOf {
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            boolean found = field.valuesOf(ticket).stream().anyMatch(values::contains);
            return found != negated;
        }
    }

    /** A time in a range. */
    record Between(
            TimeField field,
            @Nullable Instant from,
            @Nullable Instant until) implements Criterion {
        /** From {@code from} inclusive to {@code until} exclusive; null is open. */
        public Between {}

        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            Long value = field.valueOf(ticket);
            return value != null
                    && (from == null || value >= from.toEpochMilli())
                    && (until == null || value < until.toEpochMilli());
        }
    }

    /** Created by, reported by, or watched by that person. */
    record Concerns(String person) implements Criterion {
        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            Birth birth = ticket.birth();
            return Field.REPORTER.valuesOf(ticket).contains(person)
                    || Field.WATCHER.valuesOf(ticket).contains(person)
                    || birth != null && birth.createdBy().equals(person);
        }

        /** The creator, if it is neither as reporter nor as watcher that the ticket concerns him; else null. */
        public static @Nullable String creatorOnly(Ticket ticket) {
            Birth birth = ticket.birth();
            String creator = birth == null ? null : birth.createdBy();
            boolean otherwise = creator == null
                    || Field.REPORTER.valuesOf(ticket).contains(creator)
                    || Field.WATCHER.valuesOf(ticket).contains(creator);
            return otherwise ? null : creator;
        }
    }

    /**
     * Whatever {@code judge} says, who is asked for one ticket after the other: no index can help.
     *
     * @param name stands for the judge where filters are compared: judges of one name must say the same
     * @param judge thread-safe and quick; what it throws ends the query
     */
    record Judged(String name, Predicate<Ticket> judge) implements Criterion {
        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            return ticket.isBorn() && judge.test(ticket);
        }

        @Override
        public String toString() {
            return "Judged[name=" + name + "]";
        }
    }

    /** Losers of a conflict are waiting to be settled, or with {@code negated} none are. */
    record HasConflict(boolean negated) implements Criterion {
        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            boolean conflict = !ticket.title().losers().isEmpty()
                    || !ticket.description().losers().isEmpty()
                    || !ticket.status().losers().isEmpty()
                    || !ticket.priority().losers().isEmpty()
                    || !ticket.assignee().losers().isEmpty();
            return conflict != negated;
        }
    }

    /** Words that stand in the ticket's texts, or with {@code negated} do not. */
    record Text(TextClause clause, boolean negated) implements Criterion {
        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            return clause.matches(ticket, comments) != negated;
        }
    }

    /** Deleted tickets only, or with {@code negated} none of them. */
    record Deleted(boolean negated) implements Criterion {
        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            return ticket.isDeleted() != negated;
        }
    }

    /**
     * Due before {@code now} and in none of the states in which nothing is left to do, or with {@code negated} anything else. Lists
     * that differ only in {@code now} count as the same, so that a walk through overdue tickets can go on.
     */
    record Overdue(Instant now, ZoneId zone, Set<String> doneStates, boolean negated) implements Criterion {
        private static final long DAY_MILLIS = 86_400_000;

        /** Due dates end with their day in {@code zone}. */
        public Overdue {
            doneStates = Set.copyOf(doneStates);
        }

        @Override
        public boolean matches(Ticket ticket, Supplier<List<String>> comments) {
            boolean late = ticket.due().or(Due.NEVER).isPast(now, zone);
            boolean overdue = late && Field.STATUS.valuesOf(ticket).stream().noneMatch(doneStates::contains);
            return overdue != negated;
        }

        /** What is late has a {@link TimeField#DUE} before this; what has may be late. */
        public Instant latest() {
            Instant today = today();
            return today.isAfter(now) ? today : now;
        }

        /** What has a {@link TimeField#DUE} before this is late. */
        public Instant surely() {
            Instant endOfToday = today().plusMillis(DAY_MILLIS - 1);
            return endOfToday.isBefore(now) ? endOfToday : now;
        }

        /** The day that it is in the zone, as {@link TimeField#DUE} counts days. */
        private Instant today() {
            return LocalDate.ofInstant(now, zone).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }
}
