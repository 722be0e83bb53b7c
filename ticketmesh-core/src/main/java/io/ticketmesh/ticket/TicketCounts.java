package io.ticketmesh.ticket;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
    public TicketCounts {
        byField = copy(byField);
        createdByDay = copy(createdByDay);
    }

    private static <K extends Comparable<K>, L> SortedMap<K, SortedMap<L, Long>> copy(
            Map<K, SortedMap<L, Long>> counts) {
        SortedMap<K, SortedMap<L, Long>> copy = new TreeMap<>();
        counts.forEach((key, inner) -> copy.put(key, Collections.unmodifiableSortedMap(new TreeMap<>(inner))));
        return Collections.unmodifiableSortedMap(copy);
    }
}
