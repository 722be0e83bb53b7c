package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as a server showed it.
 *
 * @param id a UUID
 * @param url where messages are posted to
 * @param events the types of events that it is told; none for all
 * @param filter what a ticket must meet after a change, in the language of {@code q}; empty for all
 * @param description for people; may be empty
 * @param active whether it is told anything
 * @param stopped why it was switched off by itself; null when it was not
 * @param since what happened before is not told
 * @param secret what its receiver checks signatures with; null but where it was just made, because servers do not tell it again
 */
public record RemoteWebhook(
        String id,
        URI url,
        List<String> events,
        String filter,
        String description,
        boolean active,
        @Nullable Stop stopped,
        Instant since,
        Instant createdAt,
        String createdBy,
        @Nullable String secret) {
    /** That the receiver takes nothing any more. */
    public record Stop(Instant at, String reason) {
        static Stop read(AnswerForm form) {
            return new Stop(form.instant("at"), form.text("reason"));
        }
    }

    public RemoteWebhook {
        events = List.copyOf(events);
    }

    static RemoteWebhook read(AnswerForm form) {
        AnswerForm stopped = form.innerOrNull("stopped");
        return new RemoteWebhook(
                form.text("id"),
                form.converted("url", URI::create),
                form.texts("events"),
                form.text("filter"),
                form.text("description"),
                form.truth("active"),
                stopped == null ? null : Stop.read(stopped),
                form.instant("since"),
                form.instant("createdAt"),
                form.text("createdBy"),
                form.textOrNull("secret"));
    }

    /** The same with a secret that its answer does not tell, because it is the repeated one. */
    RemoteWebhook knowing(String known) {
        return secret != null
                ? this
                : new RemoteWebhook(
                        id, url, events, filter, description, active, stopped, since, createdAt, createdBy, known);
    }

    /** Not the secret. */
    @Override
    public String toString() {
        return "webhook " + id + " to " + url + (active ? "" : " (switched off)");
    }
}
