package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates the ticket that the operation names; the actor becomes its creator. Everything else of a new ticket is said by further
 * changes of the same operation.
 */
public record CreateTicket(String title) implements Change {
    public CreateTicket {
        title = SetTitle.requireTitle(title);
    }

    /**
     * The changes of a new ticket with what follows by default: its reporter, else its creator, watches it.
     *
     * @param changes begin with a {@code CreateTicket}
     */
    public static List<Change> withDefaults(List<? extends Change> changes, String creator) {
        List<Change> complete = new ArrayList<>(changes);
        String reporter = creator;
        for (Change change : changes) {
            if (change instanceof SetReporter set) {
                reporter = set.reporter();
            }
        }
        complete.add(new AddWatcher(reporter));
        return complete;
    }

    /**
     * Whether the ticket is only now being created: {@code ticket} is as the changes so far of the operation that creates it leave it.
     */
    static boolean isUnderWay(Ticket ticket) {
        Birth birth = ticket.birth();
        return birth == null || !ticket.seen().contains(birth.trace().operation());
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return SetTitle.applied(title, ticket.withBirth(new Birth(stamp.trace())), stamp);
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.isBorn()) {
            throw new InvalidChangeException("id", "exists", "names a ticket that exists already", null);
        }
    }

    /** A ticket begins in the workflow's first initial state; which need not be written when it is what every ticket has. */
    @Override
    public List<Change> consequences(Ticket ticket, String actor, Workflow workflow) {
        Status first = workflow.initial().get(0);
        return first.equals(StatusValue.INITIAL.status()) ? List.of() : List.of(new SetStatus(first));
    }
}
