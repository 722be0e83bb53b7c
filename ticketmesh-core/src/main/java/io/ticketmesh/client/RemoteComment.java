package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A comment as a server showed it.
 *
 * @param body Markdown; empty once redacted
 * @param editedBy who edited it last; null when nobody did, or when it is redacted
 * @param redactedBy who took the text away; null while it is there
 */
public record RemoteComment(
        CommentId id,
        CommentKind kind,
        String author,
        Instant createdAt,
        String body,
        @Nullable String editedBy,
        @Nullable Instant editedAt,
        @Nullable String redactedBy,
        @Nullable Instant redactedAt) {
    static RemoteComment read(AnswerForm form) {
        return new RemoteComment(
                CommentId.of(form.uuid("id")),
                form.converted("kind", label -> CommentKind.valueOf(label.toUpperCase(Locale.ROOT))),
                form.text("author"),
                form.instant("createdAt"),
                form.text("body"),
                form.textOrNull("editedBy"),
                form.instantOrNull("editedAt"),
                form.textOrNull("redactedBy"),
                form.instantOrNull("redactedAt"));
    }
}
