package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Mentions;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Writes a comment: 1 to 65,536 characters of Markdown. */
public record AddComment(CommentId id, CommentKind kind, String body) implements CommentChange {
    /** The most characters (UTF-16 units) of a comment. */
    public static final int MAX_CHARS = 65_536;

    /** The most comments that one ticket can have. */
    public static final int MAX_COMMENTS = 5_000;

    public AddComment {
        body = Texts.filledText("body", body, MAX_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        CommentHead head =
                new CommentHead(id, kind, stamp.trace().actor(), stamp.trace().atMillis());
        return ticket.withComments(ticket.comments().put(id, head));
    }

    @Override
    public Comment applyTo(Comment comment, Stamp stamp) {
        return comment.write(body, stamp);
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.comments().get(id).isPresent()) {
            throw new InvalidChangeException("id", "exists", "names a comment that exists already", null);
        }
        if (ticket.comments().size() >= MAX_COMMENTS) {
            throw new InvalidChangeException(
                    "comments", "too-many", "has " + MAX_COMMENTS + ", which is the most", (long) MAX_COMMENTS);
        }
    }

    /**
     * Whom a public comment mentions, watches the ticket; an internal one makes nobody a watcher, for watchers are seen by those who may
     * not see it. A public comment by the reporter on a ticket that waits or is resolved, but not closed, reopens it; one that comes with
     * the ticket answers nothing.
     */
    @Override
    public List<Change> consequences(Ticket ticket, String actor, Workflow workflow) {
        if (kind != CommentKind.PUBLIC) {
            return List.of();
        }
        List<Change> consequences = new ArrayList<>(AddWatcher.ofMentioned(Mentions.in(body), ticket));
        Birth birth = ticket.birth();
        String reporter = ticket.reporter().or(birth == null ? "" : birth.createdBy());
        Status now = ticket.status().or(StatusValue.INITIAL).status();
        Status reopened = workflow.reopened(now);
        boolean idle = now.equals(Status.RESOLVED) || workflow.category(now) == StatusCategory.WAITING;
        if (idle
                && !CreateTicket.isUnderWay(ticket)
                && actor.equals(reporter)
                && !reopened.equals(now)
                && SetStatus.hasRoom(ticket)) {
            consequences.add(new SetStatus(reopened));
        }
        return consequences;
    }
}
