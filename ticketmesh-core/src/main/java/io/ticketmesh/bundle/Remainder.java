package io.ticketmesh.bundle;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.FieldValue;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Redactions;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.EditComment;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetPriority;
import io.ticketmesh.ticket.change.SetReporter;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is left of operations when nothing is told that was taken away since: texts that were redacted, all that was written in tickets that
 * were purged, entries of books that were overwritten, and names of people who were erased. They are operations of the same ids, times and
 * causes, and lead to the same tickets; but they are <i>others</i>, and a mesh must know either those or these.
 *
 * <p>Changes that only a newer version knows are left as they are.
 *
 * @param names what people are called
 */
record Remainder(ReplicaReader reader, UnaryOperator<String> names) {
    Operation of(Operation operation) {
        return new Operation(
                operation.id(),
                operation.time(),
                operation.atMillis(),
                names.apply(operation.actor()),
                operation.ticket(),
                operation.seen(),
                operation.request(),
                changes(operation),
                operation.unknownFields());
    }

    private List<Change> changes(Operation operation) {
        TicketId id = operation.ticket();
        if (reader.tombstone(id).isPresent()) {
            return List.of(operation.purges() ? new PurgeTicket() : new SetPriority(Priority.NORMAL));
        }
        Ticket ticket = reader.ticket(id).orElseGet(() -> Ticket.unborn(id));
        if (Book.isBook(id)) {
            return operation.changes().stream()
                    .map(change -> entry(change, ticket, operation))
                    .toList();
        }
        Redactions redactions = ticket.redactions();
        boolean redacted = redactions.voids(operation.stamp());
        boolean erased = !names.apply(operation.actor()).equals(operation.actor());
        return operation.changes().stream()
                .map(change -> redacted ? withoutText(change) : change)
                .map(change -> erased ? withoutFileName(change) : change)
                .map(change -> withoutComment(change, id))
                .map(this::named)
                .toList();
    }

    /** What was overwritten was seen by whoever did so, and is as good as removed. */
    private static Change entry(Change change, Ticket book, Operation operation) {
        if (!(change instanceof WriteEntry entry)) {
            return change;
        }
        boolean counts = book.entries().entries().containsKey(entry.key())
                && book.entries().entries().get(entry.key()).winner().stream()
                        .anyMatch(written -> written.trace().operation().equals(operation.id()));
        return counts ? entry : new WriteEntry(entry.key(), null);
    }

    private static Change withoutText(Change change) {
        if (change instanceof CreateTicket created) {
            return new CreateTicket(blank(created.title()));
        } else if (change instanceof SetTitle set) {
            return new SetTitle(blank(set.title()));
        } else if (change instanceof SetDescription) {
            return new SetDescription("");
        }
        return change instanceof SetCustomField set ? new SetCustomField(set.key(), FieldValue.ABSENT) : change;
    }

    private static Change withoutFileName(Change change) {
        if (!(change instanceof AddAttachment added)) {
            return change;
        }
        Attachment file = added.attachment();
        return new AddAttachment(
                added.id(), new Attachment(blank(file.name()), file.size(), file.hash(), file.mediaType()));
    }

    private Change withoutComment(Change change, TicketId ticket) {
        if (change instanceof AddComment added && isRedacted(ticket, added.id())) {
            return new AddComment(added.id(), added.kind(), blank(added.body()));
        } else if (change instanceof EditComment edited && isRedacted(ticket, edited.id())) {
            return new EditComment(edited.id(), blank(edited.body()));
        }
        return change;
    }

    private boolean isRedacted(TicketId ticket, CommentId comment) {
        return reader.comment(ticket, comment).filter(Comment::isRedacted).isPresent();
    }

    private Change named(Change change) {
        if (change instanceof SetReporter set) {
            return new SetReporter(names.apply(set.reporter()));
        } else if (change instanceof SetAssignee set) {
            String assignee = set.assignee();
            return assignee == null ? set : new SetAssignee(names.apply(assignee));
        } else if (change instanceof AddWatcher added) {
            return new AddWatcher(names.apply(added.watcher()));
        }
        return change instanceof RemoveWatcher removed ? new RemoveWatcher(names.apply(removed.watcher())) : change;
    }

    /** What stands for a text; never longer, so that an operation of the largest size stays one. */
    private static String blank(String text) {
        return Ticket.REDACTED.substring(0, Math.min(text.length(), Ticket.REDACTED.length()));
    }
}
