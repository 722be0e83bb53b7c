package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import java.util.Set;

/**
 * Who is known to hold a write on disk.
 *
 * @param holders active members of the roster, the asked node among them if it holds it
 * @param members how many active members there are
 * @param wanted what was waited for
 */
public record Copies(Set<NodeId> holders, int members, Acknowledgement wanted) {
    public Copies {
        holders = Set.copyOf(holders);
    }

    /** Whether there are as many as were waited for. */
    public boolean reached() {
        return holders.size() >= wanted.copies(members);
    }
}
