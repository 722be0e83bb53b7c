package io.ticketmesh.ticket;

import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.crdt.LatestRegister;
import io.ticketmesh.crdt.Lattice;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import org.jspecify.annotations.Nullable;

/**
 * The text of a comment: the latest edit wins, and redaction beats every edit. Once redacted it holds no text at all.
 *
 * @param redaction who took the text away, the first of several; null while it is there
 */
public record Comment(
        TicketId ticket,
        CommentId id,
        LatestRegister<String> body,
        @Nullable Trace redaction) implements Lattice<Comment> {
    public Comment {
        if (redaction != null) {
            body = LatestRegister.empty();
        }
    }

    /** A comment of which nothing is known yet. */
    public static Comment unwritten(TicketId ticket, CommentId id) {
        return new Comment(ticket, id, LatestRegister.empty(), null);
    }

    public Comment write(String text, Stamp stamp) {
        return new Comment(ticket, id, body.write(text, stamp), redaction);
    }

    public Comment redact(Stamp stamp) {
        return new Comment(ticket, id, body, earlier(redaction, stamp.trace()));
    }

    public boolean isRedacted() {
        return redaction != null;
    }

    /** The text; empty once redacted. */
    public String text() {
        return body.or("");
    }

    @Override
    public Comment merge(Comment other) {
        return new Comment(ticket, id, body.merge(other.body), earlier(redaction, other.redaction));
    }

    /** The same for equal comments on every replica. */
    public long fingerprint() {
        Fingerprint fingerprint = new Fingerprint().add(id.high()).add(id.low()).add(text());
        return fingerprint
                .add(redaction == null ? 0 : redaction.time().packed())
                .value();
    }

    private static @Nullable Trace earlier(@Nullable Trace one, @Nullable Trace two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) <= 0 ? one : two;
    }
}
