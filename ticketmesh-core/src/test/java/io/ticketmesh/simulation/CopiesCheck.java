package io.ticketmesh.simulation;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who is said to hold an operation on disk holds it there. A node whose disk was put back has lost what it said it held. */
final class CopiesCheck implements Check {
    private final World world;
    private final Set<NodeId> putBack = new HashSet<>();
    private long claims;

    CopiesCheck(World world) {
        this.world = world;
    }

    @Override
    public void restored(Machine machine, MemoryStore lost) {
        putBack.add(machine.node());
    }

    @Override
    public void lostDisk(NodeId node) {
        putBack.add(node);
    }

    @Override
    public void afterCommit(Machine committing, Commit commit) {
        for (Machine machine : world.machines()) {
            machine.origin().ifPresent(origin -> check(machine, origin));
        }
    }

    private void check(Machine machine, Origin origin) {
        long last = machine.disk().version().get(origin);
        for (long sequence = last; sequence > Math.max(0, last - 2); sequence--) {
            OperationId operation = new OperationId(origin, sequence);
            for (NodeId holder : machine.holders(operation)) {
                claims++;
                if (!putBack.contains(holder) && !holds(holder, operation)) {
                    throw new AssertionError(machine.name() + " believes that node " + holder.shortName() + " has "
                            + world.nameOf(operation) + " on disk, but it has not");
                }
            }
        }
    }

    private boolean holds(NodeId node, OperationId operation) {
        return world.machines().stream()
                .anyMatch(machine ->
                        machine.node().equals(node) && machine.disk().version().contains(operation));
    }

    /** In the end everybody knows that everybody holds what was written last. */
    @Override
    public void atRest(List<Machine> machines) {
        if (claims == 0
                && machines.stream()
                        .anyMatch(machine -> machine.disk().version().size() > 0)) {
            throw new AssertionError("Nobody was ever believed to hold anything; this check checks nothing");
        }
    }
}
