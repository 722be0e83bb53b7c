package io.ticketmesh.oplog;

import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.Redactions;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CommentChange;
import io.ticketmesh.ticket.change.RedactTicket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The life of one ticket, told by its operations in the order in which writes win. That order never shows an effect before its
 * cause, so each step leads from one state of the ticket to the next.
 */
public final class History {
    private final List<Operation> operations;
    private final Redactions redactions;

    /**
     * @param operations all of one ticket, by rising trace
     */
    public History(List<Operation> operations) {
        this(operations, redactions(operations));
    }

    private History(List<Operation> operations, Redactions redactions) {
        this.operations = List.copyOf(operations);
        this.redactions = redactions;
    }

    private static Redactions redactions(List<Operation> operations) {
        Redactions all = Redactions.NONE;
        for (Operation operation : operations) {
            if (operation.changes().stream().anyMatch(RedactTicket.class::isInstance)) {
                all = all.with(operation.trace());
            }
        }
        return all;
    }

    /** The part of this life until then; empty when it had not begun, or was never so. */
    public History asOf(AsOf point) {
        return new History(point.of(operations), redactions);
    }

    /** The ticket as these operations leave it, without what was redacted since; empty when there are none. */
    public Optional<Ticket> ticket() {
        Ticket ticket = null;
        for (Operation step : operations) {
            Ticket before = ticket == null ? Ticket.unborn(step.ticket()).knowing(redactions) : ticket;
            ticket = step.applyTo(before);
        }
        return Optional.ofNullable(ticket);
    }

    /**
     * The comments as these operations leave them, by id.
     *
     * @param comments the comments as they are, which says what was redacted: nothing of that is told
     */
    public Map<CommentId, Comment> comments(List<Comment> comments) {
        Map<CommentId, Comment> texts = new HashMap<>();
        for (Operation step : operations) {
            for (Change change : step.changes()) {
                if (change instanceof CommentChange said) {
                    Comment before = texts.getOrDefault(said.id(), Comment.unwritten(step.ticket(), said.id()));
                    texts.put(said.id(), said.applyTo(before, step.stamp()));
                }
            }
        }
        comments.stream().filter(Comment::isRedacted).forEach(comment -> texts.replace(comment.id(), comment));
        return texts;
    }

    /**
     * What each operation changed; operations that changed nothing that the reader may see are left out.
     *
     * @param comments the comments as they are, which says what was redacted
     * @param seesInternal whether the reader may see internal comments
     */
    public List<HistoryEntry> entries(List<Comment> comments, boolean seesInternal) {
        Set<CommentId> redacted =
                comments.stream().filter(Comment::isRedacted).map(Comment::id).collect(Collectors.toSet());
        List<HistoryEntry> entries = new ArrayList<>();
        Narration narration = null;
        for (Operation operation : operations) {
            Narration told = narration == null ? narration(operation.ticket(), redacted::contains) : narration;
            narration = told;
            List<FieldChange> changes = told.tell(operation).stream()
                    .filter(change -> seesInternal || !told.isInternal(change))
                    .toList();
            if (!changes.isEmpty()) {
                entries.add(new HistoryEntry(operation.trace(), changes));
            }
        }
        return entries;
    }

    private Narration narration(TicketId id, Predicate<CommentId> redacted) {
        Narration narration = new Narration(id, redacted);
        narration.learn(redactions);
        return narration;
    }
}
