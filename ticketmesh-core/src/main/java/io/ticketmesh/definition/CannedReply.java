package io.ticketmesh.definition;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.InvalidQueryException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A comment that is written often, and what is done along with it. Immutable.
 *
 * @param title what people read; at most {@link #MAX_TITLE_CHARS} characters
 * @param body 1 to {@link #MAX_BODY_CHARS} characters of Markdown, with {@link #placeholders()} in double braces
 * @param status where the ticket goes; null to leave it
 * @param resolution why, when that is a done state; null for the workflow's first
 * @param tags which are added; at most {@link #MAX_TAGS}
 */
public record CannedReply(
        String title,
        String body,
        @Nullable Status status,
        @Nullable String resolution,
        List<String> tags) {
    /** The most characters of a title. */
    public static final int MAX_TITLE_CHARS = 128;

    /** The most characters of a body. */
    public static final int MAX_BODY_CHARS = 7_500;

    /** The most tags. */
    public static final int MAX_TAGS = 10;

    /** @throws InvalidChangeException when a rule is broken that does not depend on a workflow; see {@link #check} for the others */
    public CannedReply {
        title = Texts.line("title", title, MAX_TITLE_CHARS);
        Texts.filledText("body", body, MAX_BODY_CHARS);
        ReplyTemplate.parse(body);
        if (resolution != null && status == null) {
            throw new InvalidChangeException("resolution", "invalid", "needs a status", null);
        }
        if (tags.size() > MAX_TAGS) {
            throw new InvalidChangeException(
                    "tags", "too-many", "has " + tags.size() + " tags, at most " + MAX_TAGS, (long) MAX_TAGS);
        }
        tags = tags.stream().map(tag -> new AddTag(tag).tag()).toList();
    }

    /** A reply that does nothing but speak. */
    public static CannedReply of(String title, String body) {
        return new CannedReply(title, body, null, null, List.of());
    }

    /** What can stand in double braces in a body. */
    public static List<String> placeholders() {
        return ReplyTemplate.NAMES;
    }

    /**
     * Refuses what this workflow does not know.
     *
     * @throws InvalidQueryException with the field {@code status} or {@code resolution}
     */
    public void check(Workflow workflow) {
        if (status != null && !workflow.states().contains(status)) {
            throw unknown(
                    "status",
                    status.name(),
                    workflow.states().stream().map(Status::name).toList());
        }
        if (resolution == null) {
            return;
        }
        if (!workflow.resolutions().contains(resolution)) {
            throw unknown("resolution", resolution, workflow.resolutions());
        }
        if (status != null && workflow.category(status) != StatusCategory.DONE) {
            throw new InvalidQueryException(
                    "resolution", "invalid", "belongs to a status that is done only", -1, List.of());
        }
    }

    private static InvalidQueryException unknown(String field, String value, List<String> allowed) {
        return new InvalidQueryException(
                field, "not-allowed", "is '" + value + "', not one of " + String.join(", ", allowed), -1, allowed);
    }

    /**
     * The comment for a ticket. What is put in stands for itself only: Markdown and mentions in it are escaped.
     *
     * @param actor who writes it
     */
    public String render(TicketView ticket, String actor) {
        return ReplyTemplate.parse(body).render(ticket, actor);
    }

    /**
     * What is done to a ticket, to be done at once.
     *
     * @param comment of the new comment
     * @param text of the comment: what {@link #render} made, or what its author made of that
     */
    public List<Change> changes(CommentId comment, CommentKind kind, String text) {
        List<Change> changes = new ArrayList<>();
        changes.add(new AddComment(comment, kind, text));
        tags.forEach(tag -> changes.add(new AddTag(tag)));
        if (status != null) {
            changes.add(new SetStatus(status, resolution, null));
        }
        return changes;
    }
}
