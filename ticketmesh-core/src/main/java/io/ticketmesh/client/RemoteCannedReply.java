package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A canned reply as a server showed it.
 *
 * @param title what people read
 * @param body Markdown with placeholders in double braces
 * @param status where the ticket goes; null to leave it
 * @param resolution why, when that is a done state; null for the workflow's first
 * @param tags which are added
 * @param etag names this state, without quotes; see {@link RemoteReplies#putIf}
 */
public record RemoteCannedReply(
        String name,
        String title,
        String body,
        @Nullable Status status,
        @Nullable String resolution,
        List<String> tags,
        String updatedBy,
        Instant updatedAt,
        String etag) {
    public RemoteCannedReply {
        tags = List.copyOf(tags);
    }

    static RemoteCannedReply read(AnswerForm form) {
        return new RemoteCannedReply(
                form.text("name"),
                form.text("title"),
                form.text("body"),
                form.convertedOrNull("status", Status::new),
                form.textOrNull("resolution"),
                form.texts("tags"),
                form.text("updatedBy"),
                form.instant("updatedAt"),
                form.text("etag"));
    }
}
