package io.ticketmesh.feed;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one operation did to its ticket, for somebody who has seen certain operations before it and nothing else. Immutable. Names of people are
 * those under which they act, also of people who were erased; {@code NewsJson} tells it as it is shown.
 *
 * @param ticket the ticket as those operations and this one leave it; null when it is purged
 * @param changes what is different from before, without what the reader may not see; empty when what the operation wrote had lost already
 * @param seen what somebody has seen who has seen this too
 */
public record TicketNews(
        NewsType type, Operation operation, @Nullable Ticket ticket, List<FieldChange> changes, VersionVector seen) {
    public TicketNews {
        changes = List.copyOf(changes);
    }

    static TicketNews purged(Operation purge, VersionVector seen) {
        return new TicketNews(NewsType.PURGED, purge, null, List.of(), seen);
    }

    static TicketNews changed(Operation operation, Ticket ticket, List<FieldChange> changes, VersionVector seen) {
        return new TicketNews(NewsType.of(operation, changes), operation, ticket, changes, seen);
    }

    /** Names what happened, the same on every node; see {@link Operation#eventId}. */
    public String eventId() {
        return operation.eventId(changes);
    }

    public TicketId ticketId() {
        return operation.ticket();
    }

    public Trace trace() {
        return operation.trace();
    }

    /** The same for somebody who may not see internal comments; null when nothing of it is for him. */
    public @Nullable TicketNews publicly() {
        Ticket after = ticket;
        if (after == null) {
            return this;
        }
        List<FieldChange> visible = changes.stream()
                .filter(change -> change.comment() == null
                        || after.comments()
                                .get(change.comment())
                                .filter(head -> head.kind() != CommentKind.INTERNAL)
                                .isPresent())
                .toList();
        if (visible.size() == changes.size() && !mayHide()) {
            return this;
        }
        return visible.isEmpty() && mayHide() ? null : changed(operation, after, visible, seen);
    }

    /** Whether it did nothing but what may be about internal comments. */
    private boolean mayHide() {
        for (Change change : operation.changes()) {
            if (!(change instanceof CommentChange) && !(change instanceof UnknownChange)) {
                return false;
            }
        }
        return true;
    }
}
