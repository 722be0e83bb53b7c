package io.ticketmesh.simulation;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A ticket is what its history says, by what the authors saw: an edit made after seeing another wins, losers stay, sets and sums are right. */
final class HistoryCheck implements Check {
    /** Looking at every commit would take most of the time. */
    private static final int EVERY = 5;

    private final Chronicle chronicle;
    private final Places places;
    private int commits;

    HistoryCheck(Chronicle chronicle, Places places) {
        this.chronicle = chronicle;
        this.places = places;
    }

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        if (commits++ % EVERY == 0) {
            commit.tickets().forEach(ticket -> require(machine, ticket.id()));
        }
    }

    @Override
    public void atRest(List<Machine> machines) {
        places.all().forEach(id -> require(machines.get(0), id));
    }

    private void require(Machine machine, TicketId id) {
        MemoryStore disk = machine.disk();
        List<Operation> history = disk.history(id);
        Set<Object> held = new HashSet<>();
        history.forEach(operation -> held.add(operation.id()));
        for (Operation operation : history) {
            Chronicle.Record record = chronicle.of(operation);
            if (!held.containsAll(record.visible)) {
                throw new AssertionError(
                        machine.name() + " shows " + operation.id() + " without what it was made after");
            }
        }
        Ticket ticket = disk.ticket(id).orElseGet(() -> Ticket.unborn(id));
        new ExpectedTicket(history.stream().map(chronicle::of).toList())
                .compare(ticket, disk.comments(id))
                .ifPresent(difference -> {
                    throw new AssertionError("On " + machine.name() + " ticket " + id.key() + " " + difference + ": "
                            + Places.describe(machine, id));
                });
    }
}
