package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Birth;
import io.ticketmesh.ticket.InvalidChangeException;
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

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        return ticket.withBirth(new Birth(stamp.trace()))
                .withTitle(ticket.title().write(title, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        if (ticket.isBorn()) {
            throw new InvalidChangeException("id", "exists", "names a ticket that exists already", null);
        }
    }
}
