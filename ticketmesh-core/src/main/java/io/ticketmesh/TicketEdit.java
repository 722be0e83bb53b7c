package io.ticketmesh;

import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Due;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RecordOccurrences;
import io.ticketmesh.ticket.change.RemoveLink;
import io.ticketmesh.ticket.change.RemoveTag;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetDue;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetStatus;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.SetType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the changes that are made to one ticket at once: all of them are stored, or none. Every method checks its value and
 * throws {@link io.ticketmesh.ticket.InvalidChangeException} at once when it breaks a limit. Not thread-safe.
 */
public final class TicketEdit {
    private final List<Change> changes = new ArrayList<>();
    private final Supplier<CommentId> commentIds;

    TicketEdit(Supplier<CommentId> commentIds) {
        this.commentIds = commentIds;
    }

    /** 1 to 255 characters on one line. */
    public TicketEdit title(String title) {
        return with(new SetTitle(title));
    }

    /** Markdown, at most 65,536 characters; empty takes it away. */
    public TicketEdit description(String description) {
        return with(new SetDescription(description));
    }

    /** One of the types that the workflow names. */
    public TicketEdit type(String type) {
        return with(new SetType(type));
    }

    /** Moves the ticket to another state, if the workflow allows. */
    public TicketEdit status(Status status) {
        return with(new SetStatus(status));
    }

    /** Moves the ticket to a done state for one of the reasons that the workflow names. */
    public TicketEdit status(Status status, String resolution) {
        return with(new SetStatus(status, resolution, null));
    }

    /** Lets the ticket wait until then. */
    public TicketEdit pendingUntil(Instant until) {
        return with(new SetStatus(Status.PENDING, null, until));
    }

    public TicketEdit priority(Priority priority) {
        return with(new SetPriority(priority));
    }

    /** A slug of at most 64 characters. */
    public TicketEdit queue(String queue) {
        return with(new SetQueue(queue));
    }

    /** On whose behalf the ticket is; at most 128 characters. */
    public TicketEdit reporter(String reporter) {
        return with(new SetReporter(reporter));
    }

    /** Who is responsible, at most 128 characters; null for nobody. */
    public TicketEdit assignee(@Nullable String assignee) {
        return with(new SetAssignee(assignee));
    }

    /** 1 to 64 characters; equal regardless of case. */
    public TicketEdit tag(String tag) {
        return with(new AddTag(tag));
    }

    public TicketEdit untag(String tag) {
        return with(new RemoveTag(tag));
    }

    /** At most 128 characters. */
    public TicketEdit watcher(String watcher) {
        return with(new AddWatcher(watcher));
    }

    public TicketEdit unwatch(String watcher) {
        return with(new RemoveWatcher(watcher));
    }

    /** Sets a field that the application defines; {@link FieldValue#ABSENT} takes it away. */
    public TicketEdit customField(String key, FieldValue value) {
        return with(new SetCustomField(key, value));
    }

    public TicketEdit link(LinkType type, TicketId target) {
        return with(new AddLink(type, target));
    }

    public TicketEdit unlink(LinkType type, TicketId target) {
        return with(new RemoveLink(type, target));
    }

    public TicketEdit dueAt(Instant instant) {
        return with(new SetDue(new Due.At(instant)));
    }

    /** Due by the end of that day, wherever the reader is. */
    public TicketEdit dueOn(LocalDate date) {
        return with(new SetDue(new Due.On(date)));
    }

    public TicketEdit neverDue() {
        return with(new SetDue(Due.NEVER));
    }

    /** Its name in another system; 1 to 255 characters. */
    public TicketEdit externalId(String externalId) {
        return with(new SetExternalId(externalId));
    }

    /** A comment that everybody sees: 1 to 65,536 characters of Markdown. */
    public TicketEdit comment(String body) {
        return comment(body, CommentKind.PUBLIC);
    }

    public TicketEdit comment(String body, CommentKind kind) {
        return with(new AddComment(commentIds.get(), kind, body));
    }

    /** What the ticket is about happened that many times more; a ticket that is done is opened again. */
    public TicketEdit occurrences(long count) {
        return with(new RecordOccurrences(count));
    }

    /**
     * Any other change.
     *
     * @throws IllegalArgumentException for a purge, which leaves no ticket to return: see {@link Tickets#purge}
     */
    public TicketEdit with(Change change) {
        if (change instanceof PurgeTicket) {
            throw new IllegalArgumentException("A purge leaves no ticket; use Tickets.purge");
        }
        changes.add(change);
        return this;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }
}
