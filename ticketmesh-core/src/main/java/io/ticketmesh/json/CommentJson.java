package io.ticketmesh.json;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.CommentView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment in JSON. The body of a redacted one is empty. */
public final class CommentJson {
    private CommentJson() {}

    /** Writes the comment as an object; all members are always present. */
    public static void write(JsonWriter json, CommentView comment) {
        Trace edit = comment.edit();
        Trace redaction = comment.redaction();
        json.startObject()
                .member("id", comment.id().toString())
                .member("kind", comment.kind().label())
                .member("author", comment.author())
                .member("createdAt", comment.createdAt())
                .member("body", comment.body())
                .member("editedBy", edit == null ? null : edit.actor())
                .member("editedAt", timeOf(edit))
                .member("redactedBy", redaction == null ? null : redaction.actor())
                .member("redactedAt", timeOf(redaction))
                .endObject();
    }

    private static @Nullable Instant timeOf(@Nullable Trace trace) {
        return trace == null ? null : Instant.ofEpochMilli(trace.atMillis());
    }
}
