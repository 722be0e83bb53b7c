package io.ticketmesh.client;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.TicketId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the receiver of a webhook.
 *
 * @param id what the receiver knows it by, in {@code webhook-id}: the same on every try
 * @param type of the event, like {@code ticket.created}
 * @param state {@code pending}, {@code delivered} or {@code failed}, which is given up
 * @param tries how often it was tried by the schedule
 * @param nextAt when it is tried again; null when it is not
 * @param attempts the last ones, the oldest first; those on demand are among them
 */
public record RemoteDelivery(
        String id,
        String eventId,
        String type,
        TicketId ticketId,
        String state,
        int tries,
        @Nullable Instant nextAt,
        List<Attempt> attempts) {
    /**
     * One try.
     *
     * @param node the member that tried
     * @param status of HTTP; 0 when there was no answer
     * @param error why there was no answer; null when there was one
     */
    public record Attempt(
            Instant at,
            NodeId node,
            int status,
            Duration took,
            @Nullable String error) {
        static Attempt read(AnswerForm form) {
            return new Attempt(
                    form.instant("at"),
                    form.converted("node", NodeId::parse),
                    RemoteDelivery.status(form),
                    Duration.ofMillis(form.number("millis")),
                    form.textOrNull("error"));
        }
    }

    public RemoteDelivery {
        attempts = List.copyOf(attempts);
    }

    static RemoteDelivery read(AnswerForm form) {
        return new RemoteDelivery(
                form.text("id"),
                form.text("eventId"),
                form.text("type"),
                form.converted("ticketId", TicketId::parse),
                form.text("state"),
                (int) form.number("tries"),
                form.instantOrNull("nextAt"),
                form.each("attempts", Attempt::read));
    }

    static int status(AnswerForm form) {
        Long status = form.numberOrNull("status");
        return status == null ? 0 : status.intValue();
    }
}
