package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.Workflow;
import java.util.List;

/**
 * What a user wants. Each verb validates itself when it is made, says how it applies to a ticket, and what it refuses where it
 * is accepted. Verbs are immutable.
 */
public sealed interface Change
        permits CreateTicket,
                SetTitle,
                SetDescription,
                SetType,
                SetStatus,
                SetPriority,
                SetQueue,
                SetReporter,
                SetAssignee,
                SetDue,
                SetCustomField,
                SetExternalId,
                AddTag,
                RemoveTag,
                AddWatcher,
                RemoveWatcher,
                AddLink,
                RemoveLink,
                MergeInto,
                CommentChange,
                RecordOccurrences,
                DeleteTicket,
                RestoreTicket,
                PurgeTicket,
                RedactTicket,
                AddAttachment,
                RemoveAttachment,
                FireTimer,
                WriteEntry,
                UnknownChange {
    /** The ticket after this change. Total: never throws, whatever the ticket holds. */
    Ticket applyTo(Ticket ticket, Stamp stamp);

    /**
     * Refuses the change where it is accepted, never where it is merged.
     *
     * @param ticket the ticket as it is before the change
     * @throws InvalidChangeException when a rule of the ticket model would be broken
     * @throws TransitionRefusedException when the workflow does not allow it
     */
    default void check(Ticket ticket, Workflow workflow) {}

    /**
     * Refuses the change as a part of recorded history, which need not have followed this workflow's ways.
     *
     * @param ticket the ticket as it is before the change
     * @throws InvalidChangeException when a rule of the ticket model would be broken
     */
    default void checkRecorded(Ticket ticket, Workflow workflow) {
        check(ticket, workflow);
    }

    /** This change with its defaults filled in, for {@code ticket} as it is before it: the form in which it is stored. */
    default Change completed(Ticket ticket, Workflow workflow) {
        return this;
    }

    /** Whether this change would make a difference to {@code ticket}; one that would not is not stored. */
    default boolean affects(Ticket ticket) {
        return true;
    }

    /** The other tickets that this change names; they must exist where it is accepted. */
    default List<TicketId> references() {
        return List.of();
    }

    /** The changes that follow from this one where it is accepted; they become part of the same operation. */
    default List<Change> consequences(Ticket ticket, String actor, Workflow workflow) {
        return List.of();
    }
}
