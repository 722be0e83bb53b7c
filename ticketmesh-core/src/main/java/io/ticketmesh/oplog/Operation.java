package io.ticketmesh.oplog;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.UnknownChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one ticket that were accepted together, with identity and time. Immutable for ever: the same id never has another
 * content.
 *
 * @param time decides between concurrent writes; above the time of everything in {@code seen}
 * @param atMillis the time that people read, milliseconds since 1970; differs from {@code time} for imported history
 * @param actor who wanted it, at most 128 characters
 * @param seen the operations of this ticket that its origin had applied; an operation is applied only where these are
 * @param request the idempotency key that it was accepted under; null when none was given
 * @param unknownFields what a newer version wrote besides, kept as it came
 */
public record Operation(
        OperationId id,
        HybridTimestamp time,
        long atMillis,
        String actor,
        TicketId ticket,
        VersionVector seen,
        @Nullable RequestKey request,
        List<Change> changes,
        Bytes unknownFields)
        implements LogEntry {
    public Operation {
        changes = List.copyOf(changes);
    }

    public Trace trace() {
        return new Trace(time, id, actor, atMillis);
    }

    public Stamp stamp() {
        return new Stamp(trace(), seen);
    }

    /** Whether a newer version wrote changes that have no effect here. */
    public boolean hasUnknownChanges() {
        for (Change change : changes) {
            if (change instanceof UnknownChange) {
                return true;
            }
        }
        return false;
    }

    /** The ticket that this operation leaves. Total: never throws. A purge is for the caller to carry out. */
    public Ticket applyTo(Ticket ticket) {
        Stamp stamp = stamp();
        Ticket changed = ticket;
        for (Change change : changes) {
            changed = change.applyTo(changed, stamp);
        }
        return changed.touchedBy(stamp);
    }

    /** Whether it removes its ticket for good. */
    public boolean purges() {
        for (Change change : changes) {
            if (change instanceof PurgeTicket) {
                return true;
            }
        }
        return false;
    }

    /**
     * The timer that it fired.
     *
     * @param changes what it changed for who is told of it
     * @return null when it fired none, or one that had fired for that due time before
     */
    public @Nullable FireTimer fired(List<FieldChange> changes) {
        for (Change change : changes()) {
            if (change instanceof FireTimer fire
                    && changes.stream().anyMatch(each -> each.field().equals(FireTimer.FIELDS + fire.timer()))) {
                return fire;
            }
        }
        return null;
    }

    /** Whether it fires a timer of which who knows the ticket {@code before} it has heard. */
    public boolean firesAgain(Ticket before) {
        return changes.stream().anyMatch(change -> change instanceof FireTimer fire && !fire.affects(before));
    }

    /**
     * Names what happened, the same on every node: the id of the operation; of a timer that fired what {@link FireTimer#eventId} says, because
     * several nodes may have fired it.
     *
     * @param changes what it changed for who is told of it
     */
    public String eventId(List<FieldChange> changes) {
        FireTimer fired = fired(changes);
        return fired == null ? id.toString() : fired.eventId(ticket);
    }
}
