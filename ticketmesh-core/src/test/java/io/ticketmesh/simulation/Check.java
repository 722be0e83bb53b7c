package io.ticketmesh.simulation;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import java.util.List;

/** Watches a simulation and throws an {@link AssertionError} when a promise is broken. */
interface Check {
    /** A replica answered proposals; nothing of it is durable yet. */
    default void proposed(Machine machine, List<Proposal> proposals, Effects effects) {}

    default void beforeCommit(Machine machine, Commit commit) {}

    default void afterCommit(Machine machine, Commit commit) {}

    /** Time passed on a machine that runs. */
    default void ticked(Machine machine) {}

    default void sent(Machine machine, Outgoing outgoing) {}

    /** The machine's disk became what it was earlier, and {@code lost} is no more. */
    default void restored(Machine machine, MemoryStore lost) {}

    /** The disk of a node is no more. */
    default void lostDisk(NodeId node) {}

    /** The faults have stopped, and all machines were given their time. */
    default void atRest(List<Machine> machines) {}
}
