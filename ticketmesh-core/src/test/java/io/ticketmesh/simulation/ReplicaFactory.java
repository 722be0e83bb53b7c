package io.ticketmesh.simulation;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.Schedule;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Workflow;
import java.util.random.RandomGenerator;

/** Makes the replicas of a simulation: {@code Replica::new}, or broken ones to see that the checkers notice. */
@FunctionalInterface
public interface ReplicaFactory {
    Replica open(
            ReplicaReader reader,
            Origin origin,
            WallClock wall,
            Workflow workflow,
            Schedule schedule,
            RandomGenerator random);
}
