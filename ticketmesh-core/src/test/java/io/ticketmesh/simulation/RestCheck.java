package io.ticketmesh.simulation;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.TicketId;
import java.util.List;

/** At rest all machines hold the same; nothing that was accepted is missing, but for what went with a disk that alone had it. */
final class RestCheck implements Check {
    private final Chronicle chronicle;
    private final Places places;

    RestCheck(Chronicle chronicle, Places places) {
        this.chronicle = chronicle;
        this.places = places;
    }

    boolean isConverged(List<Machine> machines) {
        MemoryStore first = machines.get(0).disk();
        return machines.stream()
                .map(Machine::disk)
                .allMatch(disk -> disk.version().equals(first.version())
                        && places.all().stream().allMatch(id -> Places.isSame(first, disk, id)));
    }

    @Override
    public void atRest(List<Machine> machines) {
        Machine first = machines.get(0);
        for (Machine machine : machines) {
            if (!machine.disk().version().equals(first.disk().version())) {
                throw new AssertionError("Versions still differ:\n  " + first.name() + " "
                        + first.disk().version() + "\n  " + machine.name() + " "
                        + machine.disk().version());
            }
            places.all().forEach(id -> Places.requireSameTicket(first, machine, id));
            if (!machine.disk().counts().equals(first.disk().counts())) {
                throw new AssertionError("Counts differ between " + first.name() + " and " + machine.name());
            }
        }
        for (Chronicle.Record record : chronicle.records()) {
            if (record.committed && !record.lost) {
                requireKept(first, record.operation);
            }
        }
    }

    private void requireKept(Machine machine, Operation operation) {
        MemoryStore disk = machine.disk();
        TicketId ticket = operation.ticket();
        boolean purged = disk.tombstone(ticket).isPresent();
        if (operation.purges() && !purged) {
            throw new AssertionError("The purge " + operation.id() + " was lost");
        }
        if (purged ? !wasPurged(ticket, disk) : !disk.history(ticket).contains(operation)) {
            throw new AssertionError("The accepted operation " + operation + " was lost");
        }
    }

    private boolean wasPurged(TicketId ticket, MemoryStore disk) {
        return chronicle.records().stream()
                .map(record -> record.operation)
                .filter(operation -> operation.ticket().equals(ticket) && operation.purges())
                .map(operation -> new Tombstone(ticket, operation.trace()))
                .anyMatch(tombstone ->
                        disk.tombstone(ticket).filter(tombstone::equals).isPresent());
    }
}
