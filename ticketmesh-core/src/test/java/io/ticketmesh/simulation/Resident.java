package io.ticketmesh.simulation;

import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.store.ReplicaReader;
import java.util.List;

/** Something that lives on a machine while its replica runs, and writes by itself. */
@FunctionalInterface
public interface Resident {
    /**
     * What it wants to write now.
     *
     * @param wallMillis what the clock of the machine shows
     * @param upMillis how long the replica has been running
     */
    List<Proposal> act(long wallMillis, long upMillis, MeshStatus mesh);

    /** Makes the resident of a replica that starts. */
    @FunctionalInterface
    interface Factory {
        Resident moveIn(ReplicaReader reader);
    }
}
