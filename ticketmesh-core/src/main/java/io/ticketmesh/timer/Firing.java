package io.ticketmesh.timer;

import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.FireTimer;
import java.util.List;
import java.util.Set;

/**
 * A timer of a ticket that a node is about to fire.
 *
 * @param ticket as it was when that was decided; if it has changed meanwhile nothing is written
 * @param changes the note that it fired, and what follows
 */
record Firing(TicketView ticket, List<Change> changes) {
    /** Who does what happens by itself. */
    static final String ACTOR = "ticketmesh";

    Firing {
        changes = List.copyOf(changes);
    }

    Proposal proposal() {
        return Proposal.of(ticket.id(), ACTOR, changes).expecting(Set.of(ticket.etag()));
    }

    /** The same without what follows, for when a rule does not allow that: people are told all the same, and it is not tried for ever. */
    Firing told() {
        return new Firing(
                ticket, changes.stream().filter(FireTimer.class::isInstance).toList());
    }

    boolean isToldOnly() {
        return changes.size() == 1;
    }
}
