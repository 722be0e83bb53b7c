package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the receiver of a webhook took a message.
 *
 * @param accepted whether its status was 2xx
 * @param status of HTTP; 0 when there was no answer
 * @param body the beginning of what it said
 * @param error why there was no answer; null when there was one
 */
public record RemoteReception(
        boolean accepted,
        int status,
        Duration took,
        String body,
        @Nullable String error) {
    static RemoteReception read(AnswerForm form) {
        return new RemoteReception(
                form.truth("accepted"),
                RemoteDelivery.status(form),
                Duration.ofMillis(form.number("millis")),
                form.text("body"),
                form.textOrNull("error"));
    }
}
