package io.ticketmesh.json;

import io.ticketmesh.ticket.Criterion;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers of tickets in JSON: {@code total}, {@code deleted}, per {@code status}, {@code statusCategory}, {@code priority},
 * {@code assignee}, {@code queue} and {@code type}, the {@code unassigned} ones, the {@code ages} of those that are not done, and how many
 * were created on each of the last thirty days, {@code createdByDay}.
 *
 * <p>Ages are counted in calendar days of UTC since the day of creation: {@code underOneDay} is today, {@code underOneWeek} the six
 * days before, {@code underOneMonth} up to 29 days before today, and {@code older} the rest.
 */
public final class TicketCountsJson {
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    private TicketCountsJson() {}

    /** Writes the members into an object that was begun already, so that the caller can add to them. */
    public static void writeMembers(JsonWriter json, TicketCounts counts, Workflow workflow, Instant now) {
        SortedMap<String, Long> assignees = new TreeMap<>(of(counts, Criterion.Field.ASSIGNEE));
        Long unassigned = assignees.remove("");
        json.member("total", counts.living())
                .member("deleted", counts.deleted())
                .member("status", of(counts, Criterion.Field.STATUS))
                .member("statusCategory", categories(counts, workflow))
                .member("priority", of(counts, Criterion.Field.PRIORITY))
                .member("assignee", assignees)
                .member("unassigned", unassigned == null ? 0 : unassigned)
                .member("queue", of(counts, Criterion.Field.QUEUE))
                .member("type", of(counts, Criterion.Field.TYPE))
                .name("ages");
        long today = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
        writeAges(json, counts, workflow, today);
        writeCreated(json, counts, today);
    }

    private static SortedMap<String, Long> of(TicketCounts counts, Criterion.Field field) {
        return counts.byField().getOrDefault(field, Collections.emptySortedMap());
    }

    private static SortedMap<String, Long> categories(TicketCounts counts, Workflow workflow) {
        SortedMap<String, Long> categories = new TreeMap<>();
        for (StatusCategory category : StatusCategory.values()) {
            categories.put(category.label(), 0L);
        }
        of(counts, Criterion.Field.STATUS)
                .forEach((status, count) ->
                        categories.merge(workflow.category(new Status(status)).label(), count, Long::sum));
        return categories;
    }

    private static void writeAges(JsonWriter json, TicketCounts counts, Workflow workflow, long today) {
        long[] ages = new long[4];
        counts.createdByDay().forEach((status, days) -> {
            if (workflow.category(new Status(status)) != StatusCategory.DONE) {
                days.forEach((day, count) -> ages[bucketOf(today - day)] += count);
            }
        });
        json.startObject()
                .member("underOneDay", ages[0])
                .member("underOneWeek", ages[1])
                .member("underOneMonth", ages[2])
                .member("older", ages[3])
                .endObject();
    }

    /** Days without are left out. */
    private static void writeCreated(JsonWriter json, TicketCounts counts, long today) {
        SortedMap<Long, Long> days = new TreeMap<>();
        counts.createdByDay()
                .values()
                .forEach(byDay -> byDay.forEach((day, count) -> {
                    if (day > today - MONTH && day <= today) {
                        days.merge(day, count, Long::sum);
                    }
                }));
        json.startObject("createdByDay");
        days.forEach((day, count) -> json.member(LocalDate.ofEpochDay(day).toString(), count));
        json.endObject();
    }

    private static int bucketOf(long days) {
        if (days < 1) {
            return 0;
        } else if (days < WEEK) {
            return 1;
        }
        return days < MONTH ? 2 : 3;
    }
}
