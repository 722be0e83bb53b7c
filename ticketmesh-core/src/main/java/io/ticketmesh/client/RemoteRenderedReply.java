package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a canned reply says on a ticket, and does along with it.
 *
 * @param body Markdown; what was put in for placeholders is escaped
 * @param status where the ticket would go; null to leave it
 * @param resolution why, when that is a done state; null for the workflow's first
 * @param tags which would be added
 */
public record RemoteRenderedReply(
        String body, @Nullable Status status, @Nullable String resolution, List<String> tags) {
    public RemoteRenderedReply {
        tags = List.copyOf(tags);
    }

    static RemoteRenderedReply read(AnswerForm form) {
        return new RemoteRenderedReply(
                form.text("body"),
                form.convertedOrNull("status", Status::new),
                form.textOrNull("resolution"),
                form.texts("tags"));
    }
}
