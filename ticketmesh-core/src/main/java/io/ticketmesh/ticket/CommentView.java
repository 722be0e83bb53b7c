package io.ticketmesh.ticket;

import io.ticketmesh.crdt.Trace;
import io.ticketmesh.crdt.Written;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A comment as people read it. */
public record CommentView(CommentHead head, Comment comment) {
    public CommentId id() {
        return head.id();
    }

    public CommentKind kind() {
        return head.kind();
    }

    public String author() {
        return head.author();
    }

    public Instant createdAt() {
        return Instant.ofEpochMilli(head.atMillis());
    }

    /** Markdown; empty once redacted. */
    public String body() {
        return comment.text();
    }

    /** The last edit; null when it was never edited, or is redacted. */
    public @Nullable Trace edit() {
        Written<String> written = comment.body().written();
        return written == null || written.trace().atMillis() == head.atMillis() ? null : written.trace();
    }

    /** Who took the text away; null while it is there. */
    public @Nullable Trace redaction() {
        return comment.redaction();
    }
}
