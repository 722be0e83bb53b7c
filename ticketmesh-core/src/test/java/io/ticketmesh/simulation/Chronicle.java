package io.ticketmesh.simulation;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What really happened: every operation that was accepted, what its author could see then, whether its commit ended, and whether
 * every disk that held it went back to an older image. Knows nothing of vectors and timestamps, so it can judge them.
 */
final class Chronicle implements Check {
    private final World world;
    private final Map<OperationId, Record> records = new LinkedHashMap<>();

    Chronicle(World world) {
        this.world = world;
    }

    /** One accepted operation. */
    static final class Record {
        final Operation operation;
        /** The operations of the same ticket that its author had before it. */
        final Set<OperationId> visible;

        boolean committed;
        boolean lost;

        Record(Operation operation, Set<OperationId> visible) {
            this.operation = operation;
            this.visible = visible;
        }

        boolean sees(Operation other) {
            return visible.contains(other.id());
        }
    }

    Collection<Record> records() {
        return records.values();
    }

    /** What is known of the operation. */
    Record of(Operation operation) {
        Record found = records.get(operation.id());
        if (found == null) {
            throw new AssertionError("Nobody accepted " + operation);
        }
        return found;
    }

    @Override
    public void proposed(Machine machine, List<Proposal> proposals, Effects effects) {
        Map<TicketId, Set<OperationId>> visible = new HashMap<>();
        for (Outcome outcome : effects.outcomes()) {
            if (outcome instanceof Outcome.Accepted accepted) {
                Operation operation = accepted.operation();
                Set<OperationId> before = visible.computeIfAbsent(operation.ticket(), id -> idsOf(machine.disk(), id));
                Record twice = records.put(operation.id(), new Record(operation, Set.copyOf(before)));
                if (twice != null) {
                    throw new AssertionError("Two operations are called " + operation.id() + ": " + twice.operation
                            + " and " + operation);
                }
                before.add(operation.id());
            }
        }
    }

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        commit.entries().forEach(entry -> {
            if (entry instanceof Operation operation
                    && machine.runsAs(operation.id().origin())) {
                of(operation).committed = true;
            }
        });
    }

    @Override
    public void restored(Machine machine, MemoryStore lost) {
        List<MemoryStore> disks = new ArrayList<>();
        world.machines().forEach(each -> disks.add(each.disk()));
        records.values().stream()
                .filter(record -> disks.stream().noneMatch(disk -> holds(disk, record.operation)))
                .forEach(record -> record.lost = true);
    }

    private static boolean holds(MemoryStore disk, Operation operation) {
        return disk.version().contains(operation.id())
                || disk.history(operation.ticket()).contains(operation);
    }

    private static Set<OperationId> idsOf(MemoryStore disk, TicketId ticket) {
        Set<OperationId> ids = new HashSet<>();
        disk.history(ticket).forEach(operation -> ids.add(operation.id()));
        return ids;
    }
}
