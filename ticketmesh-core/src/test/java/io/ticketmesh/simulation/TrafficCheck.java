package io.ticketmesh.simulation;

import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.store.Commit;
import java.util.List;

/** Nothing grows without bound: messages stay in proportion to time and operations, waiting operations to what was accepted. */
final class TrafficCheck implements Check {
    /** Messages that each machine may send to each other one per second, whatever happens. */
    static final int PER_SECOND = 4;

    /** Messages that each machine may send besides for each operation: a hint, and pages that bring it. */
    static final int PER_OPERATION = 3;

    private final World world;
    private final Chronicle chronicle;
    private long messages;

    TrafficCheck(World world, Chronicle chronicle) {
        this.world = world;
        this.chronicle = chronicle;
    }

    @Override
    public void sent(Machine machine, Outgoing outgoing) {
        messages++;
    }

    @Override
    public void afterCommit(Machine machine, Commit commit) {
        int waiting = machine.statistics().map(ReplicaStatistics::early).orElse(0);
        if (waiting > chronicle.records().size()) {
            throw new AssertionError(machine.name() + " keeps " + waiting + " operations waiting, more than there are");
        }
    }

    @Override
    public void atRest(List<Machine> machines) {
        long allowed = bound(machines.size());
        if (messages > allowed) {
            throw new AssertionError("A storm: " + messages + " messages, at most " + allowed + " were to be expected");
        }
    }

    long messages() {
        return messages;
    }

    long bound(int machines) {
        long seconds = world.time().nowMillis() / 1000 + 1;
        return machines * ((machines - 1L) * seconds * PER_SECOND + (long) PER_OPERATION * chronicle.records().size());
    }
}
