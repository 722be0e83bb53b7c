package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.Ticket;

/** Takes the text of a comment away, for good and everywhere; beats every edit. */
public record RedactComment(CommentId id) implements CommentChange {
    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket;
    }

    @Override
    public Comment applyTo(Comment comment, Stamp stamp) {
        return comment.redact(stamp);
    }

    @Override
    public boolean affects(Comment comment) {
        return !comment.isRedacted();
    }
}
