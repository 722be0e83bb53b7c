package io.ticketmesh.spring.event;

import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Narration;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody did something to a ticket, and it is still there. What he did at once is one event. */
public sealed interface TicketEdited extends TicketEvent
        permits TicketCreated, TicketChanged, TicketDeleted, TicketRestored, TicketTimerFired {
    /** The ticket as the change left it. */
    TicketView ticket();

    /**
     * What is different from before, <b>internal comments too</b>; empty when what was written had lost already against a change of another
     * node. A change of a comment does not say what it said before.
     */
    List<FieldChange> changes();

    /** Who did it, when, and where. */
    Act act();

    /** What is different, without internal comments: what may be told to the reporter. */
    default List<FieldChange> publicChanges() {
        return changes().stream()
                .filter(change -> change.comment() == null || !Narration.isInternal(change, ticket().state()))
                .toList();
    }

    /** What happened to a field, such as {@code status}; null when nothing did. For comments see {@link #publicChanges()}. */
    default @Nullable FieldChange change(String field) {
        return changes().stream()
                .filter(change -> change.field().equals(field))
                .findFirst()
                .orElse(null);
    }

    @Override
    default TicketId ticketId() {
        return ticket().id();
    }

    @Override
    default boolean isRemote() {
        return act().isRemote();
    }
}
