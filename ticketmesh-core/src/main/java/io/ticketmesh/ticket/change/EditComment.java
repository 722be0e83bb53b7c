package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;

/** Gives a comment another text. The earlier text stays in the history. */
public record EditComment(CommentId id, String body) implements CommentChange {
    public EditComment {
        body = Texts.filledText("body", body, AddComment.MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket;
    }

    @Override
    public Comment applyTo(Comment comment, Stamp stamp) {
        return comment.write(body, stamp);
    }

    @Override
    public void check(Comment comment) {
        if (comment.isRedacted()) {
            throw new InvalidChangeException("body", "redacted", "was redacted and cannot be written again", null);
        }
    }

    @Override
    public boolean affects(Comment comment) {
        return !body.equals(comment.text());
    }
}
