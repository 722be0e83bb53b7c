package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.InvalidChangeException;

/** A change of a comment, whose text is kept apart from its ticket. */
public sealed interface CommentChange extends Change permits AddComment, EditComment, RedactComment {
    /** The comment that changes. */
    CommentId id();

    /** The comment after this change. Total: never throws. */
    Comment applyTo(Comment comment, Stamp stamp);

    /**
     * Refuses the change for what the comment itself holds, where it is accepted.
     *
     * @throws InvalidChangeException when the comment was redacted and would be written
     */
    default void check(Comment comment) {}

    /** Whether this change would make a difference to {@code comment}. */
    default boolean affects(Comment comment) {
        return true;
    }
}
