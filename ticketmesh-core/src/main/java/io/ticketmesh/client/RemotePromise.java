package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a promise about a ticket stood when a server answered; see {@link io.ticketmesh.ticket.ServiceClock}.
 *
 * @param metric such as {@code first_response}; newer servers may know others
 * @param policy the name of the policy that makes it
 * @param target the working time that was promised
 * @param state {@code running}, {@code paused}, {@code met} or {@code breached}
 * @param ended whether what was promised has come, in time or late, or the ticket is done
 * @param dueAt when the time is or was used up; null while that is open
 * @param remaining the working time that was left; null unless the clock ran or was paused
 */
public record RemotePromise(
        String metric,
        String policy,
        Duration target,
        String state,
        boolean ended,
        @Nullable Instant dueAt,
        @Nullable Duration remaining) {
    static RemotePromise read(AnswerForm form) {
        Long remaining = form.numberOrNull("remainingSeconds");
        return new RemotePromise(
                form.text("metric"),
                form.text("policy"),
                Duration.ofSeconds(form.number("targetSeconds")),
                form.text("state"),
                form.truth("ended"),
                form.instantOrNull("dueAt"),
                remaining == null ? null : Duration.ofSeconds(remaining));
    }
}
