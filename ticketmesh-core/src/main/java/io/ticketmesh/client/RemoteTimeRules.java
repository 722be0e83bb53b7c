package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What time does to tickets, as {@link io.ticketmesh.ticket.TimeRules} say it to servers.
 *
 * @param zone the time zone in which the day of a due date ends, by its name in the tz database
 * @param closeResolvedAfter after how long without a change resolved tickets are closed; null for never
 * @param policies for a ticket the first one counts that covers it
 */
public record RemoteTimeRules(String zone, @Nullable Duration closeResolvedAfter, List<Policy> policies) {
    /**
     * What is promised for some tickets, in working time.
     *
     * @param zone the time zone of its business calendar
     * @param firstResponse null when it is not promised
     * @param update null when it is not promised
     * @param resolution null when it is not promised
     */
    public record Policy(
            String name,
            String zone,
            @Nullable Duration firstResponse,
            @Nullable Duration update,
            @Nullable Duration resolution) {
        static Policy read(AnswerForm form) {
            return new Policy(
                    form.text("name"),
                    form.text("zone"),
                    seconds(form, "firstResponseSeconds"),
                    seconds(form, "updateSeconds"),
                    seconds(form, "resolutionSeconds"));
        }
    }

    public RemoteTimeRules {
        policies = List.copyOf(policies);
    }

    static RemoteTimeRules read(AnswerForm form) {
        return new RemoteTimeRules(
                form.text("zone"), seconds(form, "closeResolvedAfterSeconds"), form.each("policies", Policy::read));
    }

    private static @Nullable Duration seconds(AnswerForm form, String name) {
        Long seconds = form.numberOrNull(name);
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
