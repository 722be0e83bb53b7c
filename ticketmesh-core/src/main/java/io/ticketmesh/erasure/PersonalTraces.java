package io.ticketmesh.erasure;

import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.CommentHead;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.PurgeTicket;
import io.ticketmesh.ticket.change.RedactComment;
import io.ticketmesh.ticket.change.RedactTicket;
import io.ticketmesh.ticket.change.RemoveAttachment;
import io.ticketmesh.ticket.change.RemoveWatcher;
import io.ticketmesh.ticket.change.SetAssignee;
import io.ticketmesh.ticket.change.SetReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is left of a person in one ticket, and what takes it away.
 *
 * @param texts purges the ticket, or redacts it and the comments that the person wrote in it, and takes his attachments off
 * @param names puts a pseudonym in the person's place
 */
record PersonalTraces(List<Change> texts, List<Change> names) {
    /** @param isRedacted whether a comment of the ticket has no text any more */
    static PersonalTraces of(
            String person, String pseudonym, ErasureMode mode, Ticket ticket, Predicate<CommentId> isRedacted) {
        Birth birth = ticket.birth();
        boolean created = birth != null && birth.createdBy().equals(person);
        String reporter = ticket.reporter().or(birth == null ? "" : birth.createdBy());
        boolean theirs = created || reporter.equals(person) || reporter.equals(pseudonym);
        if (theirs && mode == ErasureMode.PURGE) {
            return new PersonalTraces(List.of(new PurgeTicket()), List.of());
        }
        List<Change> texts = new ArrayList<>();
        if (theirs) {
            texts.add(new RedactTicket());
        }
        for (CommentHead head : ticket.comments().entries().values()) {
            if (head.author().equals(person) && !isRedacted.test(head.id())) {
                texts.add(new RedactComment(head.id()));
            }
        }
        if (!ticket.isDeleted()) {
            ticket.attachments()
                    .entries()
                    .forEach((id, register) -> register.winner()
                            .filter(added -> added.trace().actor().equals(person))
                            .ifPresent(added -> texts.add(new RemoveAttachment(id))));
        }
        return new PersonalTraces(texts, ticket.isDeleted() ? List.of() : names(person, pseudonym, reporter, ticket));
    }

    private static List<Change> names(String person, String pseudonym, String reporter, Ticket ticket) {
        List<Change> names = new ArrayList<>();
        if (reporter.equals(person)) {
            names.add(new SetReporter(pseudonym));
        }
        if (ticket.assignee().or(Optional.empty()).filter(person::equals).isPresent()) {
            names.add(new SetAssignee(pseudonym));
        }
        if (ticket.watchers().contains(person)) {
            names.add(new RemoveWatcher(person));
            names.add(new AddWatcher(pseudonym));
        }
        return names;
    }

    boolean isNothing() {
        return texts.isEmpty() && names.isEmpty();
    }

    /** Whether the ticket itself was his. */
    boolean ofTicket() {
        return texts.stream().anyMatch(change -> change instanceof PurgeTicket || change instanceof RedactTicket);
    }

    long comments() {
        return texts.stream().filter(RedactComment.class::isInstance).count();
    }
}
