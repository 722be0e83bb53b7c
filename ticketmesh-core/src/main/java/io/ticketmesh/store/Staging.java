package io.ticketmesh.store;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A store as it will be after a commit that is being put together. This is the one place that says what log entries do; replaying
 * a log goes the same way as accepting a write, but for the ticket that an accepted write leaves, which is known from trying it.
 *
 * <p>Used by one thread, for one commit.
 */
public final class Staging {
    private final ReplicaReader base;
    private final List<LogEntry> entries = new ArrayList<>();
    private final Map<TicketId, Ticket> tickets = new LinkedHashMap<>();
    private final Map<CommentPlace, Comment> comments = new LinkedHashMap<>();
    private final Map<TicketId, Tombstone> tombstones = new LinkedHashMap<>();
    private final BiFunction<Operation, Ticket, Ticket> application;
    private VersionVector version;
    private VersionVector ahead;
    private long droppedAsPurged;

    private record CommentPlace(TicketId ticket, CommentId id) {}

    public Staging(ReplicaReader base) {
        this(base, Operation::applyTo);
    }

    /**
     * @param application makes the ticket that an operation leaves; a seam for tests that break it
     */
    public Staging(ReplicaReader base, BiFunction<Operation, Ticket, Ticket> application) {
        this.base = base;
        this.application = application;
        this.version = base.version();
        this.ahead = base.ahead();
    }

    /** The ticket as staged; unborn when unknown or purged. */
    public Ticket ticket(TicketId id) {
        if (tombstones.containsKey(id)) {
            return Ticket.unborn(id); // the base still holds it until the commit
        }
        Ticket staged = tickets.get(id);
        return staged != null ? staged : base.ticket(id).orElseGet(() -> Ticket.unborn(id));
    }

    /** The comment as staged; unwritten when unknown or when its ticket was purged. */
    public Comment comment(TicketId ticket, CommentId id) {
        if (tombstones.containsKey(ticket)) {
            return Comment.unwritten(ticket, id);
        }
        Comment staged = comments.get(new CommentPlace(ticket, id));
        return staged != null ? staged : base.comment(ticket, id).orElseGet(() -> Comment.unwritten(ticket, id));
    }

    /** What is left of the ticket if it was purged. */
    public Optional<Tombstone> tombstone(TicketId id) {
        Tombstone staged = tombstones.get(id);
        return staged != null ? Optional.of(staged) : base.tombstone(id);
    }

    /** What is held as staged. */
    public VersionVector version() {
        return version;
    }

    /** How many operations were dropped because their tickets were purged. */
    public long droppedAsPurged() {
        return droppedAsPurged;
    }

    /** Stages any entry, as when a log is replayed. */
    public void apply(LogEntry entry) {
        if (entry instanceof Operation operation) {
            applyOperation(operation, before -> application.apply(operation, before));
        } else if (entry instanceof LogEntry.Adopted adopted) {
            adopt(adopted.state());
        } else if (entry instanceof LogEntry.Caught caught) {
            version = version.merge(caught.version());
        }
        entries.add(entry);
    }

    /**
     * Stages an operation whose changes were tried on its ticket as staged, so that they need not be applied again.
     *
     * @param effect gives what {@link Operation#applyTo} makes of the ticket
     */
    public void apply(Operation operation, UnaryOperator<Ticket> effect) {
        applyOperation(operation, effect);
        entries.add(operation);
    }

    public void open(Origin origin) {
        apply(new LogEntry.Opening(origin));
    }

    public void boundClock(HybridTimestamp bound) {
        apply(new LogEntry.ClockBound(bound));
    }

    public void enroll(Member member) {
        apply(new LogEntry.Enrolled(member));
    }

    /** The commit of all that was staged. */
    public Commit commit() {
        return new Commit(
                entries,
                List.copyOf(tickets.values()),
                List.copyOf(comments.values()),
                List.copyOf(tombstones.values()),
                version,
                ahead);
    }

    private void applyOperation(Operation operation, UnaryOperator<Ticket> effect) {
        TicketId id = operation.ticket();
        version = version.with(operation.id());
        if (operation.purges()) {
            bury(new Tombstone(id, operation.trace()));
        } else if (tombstone(id).isPresent()) {
            droppedAsPurged++;
        } else {
            change(operation, effect);
        }
    }

    private void change(Operation operation, UnaryOperator<Ticket> effect) {
        TicketId id = operation.ticket();
        Ticket before = ticket(id);
        if (before.seen().contains(operation.id())) {
            return; // its effects came by snapshot
        }
        tickets.put(id, effect.apply(before));
        for (Change change : operation.changes()) {
            if (change instanceof CommentChange commentChange) {
                CommentPlace place = new CommentPlace(id, commentChange.id());
                comments.put(place, commentChange.applyTo(comment(id, commentChange.id()), operation.stamp()));
            }
        }
    }

    private void adopt(TicketState state) {
        TicketId id = state.id();
        if (state instanceof TicketState.Purged purged) {
            bury(purged.tombstone());
            ahead = ahead.with(purged.tombstone().trace().operation());
        } else if (state instanceof TicketState.Living living && tombstone(id).isEmpty()) {
            tickets.put(id, ticket(id).merge(living.ticket()));
            ahead = ahead.merge(living.ticket().seen());
            for (Comment comment : living.comments()) {
                comments.put(
                        new CommentPlace(id, comment.id()),
                        comment(id, comment.id()).merge(comment));
            }
        }
    }

    private void bury(Tombstone tombstone) {
        TicketId id = tombstone.ticket();
        Tombstone first = tombstone(id).map(tombstone::merge).orElse(tombstone);
        tombstones.put(id, first);
        tickets.remove(id);
        comments.keySet().removeIf(place -> place.ticket().equals(id));
    }
}
