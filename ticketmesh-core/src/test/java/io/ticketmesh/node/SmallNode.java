package io.ticketmesh.node;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Workflow;
import java.util.Random;

/** A node in memory and without a mesh, in whose world it is always the same time. */
final class SmallNode {
    private SmallNode() {}

    static Node over(MemoryStore store) {
        Replica replica = new Replica(
                store,
                new Origin(store.node(), 1),
                () -> 1_767_225_600_000L,
                Workflow.standard(),
                Schedule.STANDARD,
                new Random(7));
        return new Node(store, replica, null);
    }

    static MemoryStore store() {
        return new MemoryStore(new NodeId(1, 1));
    }
}
