package io.ticketmesh.spring.event;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.oplog.FieldChange;
import io.ticketmesh.oplog.Narration;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.ServiceMetric;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.TimerNames;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.DeleteTicket;
import io.ticketmesh.ticket.change.FireTimer;
import io.ticketmesh.ticket.change.RestoreTicket;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells an event of the replica in the words that applications hear. */
record Teller(TicketMesh node) {
    /** Null when there is nothing to tell: of a ticket that was changed before its creation has come. */
    @Nullable
    TicketMeshEvent tell(TicketEvent event) {
        if (event instanceof TicketEvent.Changed changed) {
            return changed.after().isBorn() ? edited(changed) : null;
        } else if (event instanceof TicketEvent.Purged purged) {
            return new TicketPurged(purged.ticketId(), act(purged.operation(), List.of(), purged.remote()));
        }
        TicketEvent.Adopted adopted = (TicketEvent.Adopted) event;
        return adopted.after().isBorn()
                ? new TicketAdopted(view(adopted.after()))
                : new TicketPurged(adopted.ticketId(), null);
    }

    /** Null of a timer that had fired already, elsewhere, when nothing else came of it. */
    private @Nullable TicketEdited edited(TicketEvent.Changed changed) {
        Operation operation = changed.operation();
        TicketView ticket = view(changed.after());
        List<FieldChange> told = Narration.changes(
                changed.before(),
                operation,
                changed.after(),
                comment -> node.service().isRedacted(operation.ticket(), comment));
        if (told.isEmpty() && operation.firesAgain(changed.before())) {
            return null;
        }
        Act act = act(operation, told, changed.remote());
        FireTimer fired = operation.fired(told);
        List<FieldChange> changes = node.service().shown(told);
        if (!changed.before().isBorn()) {
            return new TicketCreated(ticket, changes, act);
        } else if (does(operation, DeleteTicket.class)) {
            return new TicketDeleted(ticket, changes, act);
        } else if (does(operation, RestoreTicket.class)) {
            return new TicketRestored(ticket, changes, act);
        }
        TicketEdited firing = fired == null ? null : fired(fired, ticket, changes, act);
        return firing == null ? new TicketChanged(ticket, changes, act) : firing;
    }

    /** Null when only a newer version knows what that timer is about. */
    private static @Nullable TicketEdited fired(
            FireTimer fired, TicketView ticket, List<FieldChange> changes, Act act) {
        return switch (fired.timer()) {
            case TimerNames.DUE -> new TicketOverdue(ticket, changes, act, fired.due());
            case TimerNames.SNOOZE -> new TicketSnoozeEnded(ticket, changes, act, fired.due());
            case TimerNames.AUTO_CLOSE -> new TicketAutoClosed(ticket, changes, act, fired.due());
            default ->
                Arrays.stream(ServiceMetric.values())
                        .filter(metric -> metric.timer().equals(fired.timer()))
                        .findFirst()
                        .map(metric -> new TicketServiceBreached(ticket, changes, act, fired.due(), metric))
                        .orElse(null);
        };
    }

    private static boolean does(Operation operation, Class<? extends Change> verb) {
        return operation.changes().stream().anyMatch(verb::isInstance);
    }

    private Act act(Operation operation, List<FieldChange> changes, boolean remote) {
        return new Act(
                operation.eventId(changes),
                node.service().names().apply(operation.actor()),
                Instant.ofEpochMilli(operation.atMillis()),
                operation.id().origin().node(),
                remote);
    }

    private TicketView view(Ticket ticket) {
        return node.service().view(ticket);
    }
}
