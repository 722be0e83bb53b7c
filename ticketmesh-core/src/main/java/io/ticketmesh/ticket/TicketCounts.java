package io.ticketmesh.ticket;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How many tickets there are, by what people ask for. Deleted tickets are counted only in {@code deleted}.
 *
 * @param living all that are not deleted
 * @param byField for each of STATUS, PRIORITY, ASSIGNEE, QUEUE and TYPE the number of tickets per value; the empty text stands for none
 * @param createdByDay for each status, the number of tickets per day of creation, in days since 1970 in UTC
 */
public record TicketCounts(
        long living,
        long deleted,
        SortedMap<Criterion.Field, SortedMap<String, Long>> byField,
        SortedMap<String, SortedMap<Long, Long>> createdByDay) {
    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;
    private static final List<Criterion.Field> COUNTED = List.of(
            Criterion.Field.STATUS,
            Criterion.Field.PRIORITY,
            Criterion.Field.ASSIGNEE,
            Criterion.Field.QUEUE,
            Criterion.Field.TYPE);

    public TicketCounts {
        byField = copy(byField);
        createdByDay = copy(createdByDay);
    }

    /** Counts these tickets, one by one. */
    public static TicketCounts of(Iterator<Ticket> tickets) {
        long deleted = 0;
        long living = 0;
        TreeMap<Criterion.Field, SortedMap<String, Long>> byField = new TreeMap<>();
        COUNTED.forEach(field -> byField.put(field, new TreeMap<>()));
        TreeMap<String, SortedMap<Long, Long>> byDay = new TreeMap<>();
        while (tickets.hasNext()) {
            Ticket ticket = tickets.next();
            Long created = Criterion.TimeField.CREATED.valueOf(ticket);
            if (created == null) {
                continue;
            }
            if (ticket.isDeleted()) {
                deleted++;
                continue;
            }
            living++;
            byField.forEach(
                    (field, counts) -> field.valuesOf(ticket).forEach(value -> counts.merge(value, 1L, Long::sum)));
            String status = Criterion.Field.STATUS.valuesOf(ticket).iterator().next();
            byDay.computeIfAbsent(status, name -> new TreeMap<>())
                    .merge(Math.floorDiv(created, DAY_MILLIS), 1L, Long::sum);
        }
        return new TicketCounts(living, deleted, byField, byDay);
    }

    /** The same with people called otherwise. */
    public TicketCounts naming(UnaryOperator<String> names) {
        SortedMap<Criterion.Field, SortedMap<String, Long>> named = new TreeMap<>(byField);
        named.computeIfPresent(Criterion.Field.ASSIGNEE, (field, counts) -> {
            TreeMap<String, Long> people = new TreeMap<>();
            counts.forEach((name, count) -> people.merge(names.apply(name), count, Long::sum));
            return people;
        });
        return new TicketCounts(living, deleted, named, createdByDay);
    }

    private static <K extends Comparable<K>, L> SortedMap<K, SortedMap<L, Long>> copy(
            Map<K, SortedMap<L, Long>> counts) {
        SortedMap<K, SortedMap<L, Long>> copy = new TreeMap<>();
        counts.forEach((key, inner) -> copy.put(key, Collections.unmodifiableSortedMap(new TreeMap<>(inner))));
        return Collections.unmodifiableSortedMap(copy);
    }
}
