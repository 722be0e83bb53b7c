package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.util.SortedMap;

/**
 * How many tickets there are, by what people ask for.
 *
 * @param total all that are not deleted; all other numbers but {@code deleted} are of these
 * @param unassigned for whom nobody is responsible; the others are in {@code assignee}
 * @param ages of those that are not done, in days of UTC since the day of creation
 */
public record RemoteCounts(
        long total,
        long deleted,
        SortedMap<String, Long> status,
        SortedMap<String, Long> statusCategory,
        SortedMap<String, Long> priority,
        SortedMap<String, Long> assignee,
        long unassigned,
        SortedMap<String, Long> queue,
        SortedMap<String, Long> type,
        Ages ages) {
    /** Created today; in the six days before; up to 29 days before today; and the rest. */
    public record Ages(long underOneDay, long underOneWeek, long underOneMonth, long older) {}

    static RemoteCounts read(AnswerForm form) {
        AnswerForm ages = form.inner("ages");
        return new RemoteCounts(
                form.number("total"),
                form.number("deleted"),
                form.numbers("status"),
                form.numbers("statusCategory"),
                form.numbers("priority"),
                form.numbers("assignee"),
                form.number("unassigned"),
                form.numbers("queue"),
                form.numbers("type"),
                new Ages(
                        ages.number("underOneDay"),
                        ages.number("underOneWeek"),
                        ages.number("underOneMonth"),
                        ages.number("older")));
    }
}
