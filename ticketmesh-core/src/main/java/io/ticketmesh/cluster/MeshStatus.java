package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the mesh is, as one replica sees it. Immutable.
 *
 * @param self the run of the replica
 * @param version what it holds
 * @param members this one and all others, by node; a node that runs twice from copies of one directory is listed once for each
 * @param catchingUp whether some peer is known to hold operations that are not here
 * @param lastCatchUp the last one that ended; null when there was none since the start
 * @param movements who came and who went of late, the oldest first
 */
public record MeshStatus(
        Origin self,
        VersionVector version,
        List<MemberStatus> members,
        boolean catchingUp,
        @Nullable CatchUp lastCatchUp,
        List<Movement> movements) {
    public MeshStatus {
        members = List.copyOf(members);
        movements = List.copyOf(movements);
    }

    /** How many members count for acknowledgements, this one among them. */
    public int active() {
        return activeNodes().size();
    }

    /** The members that count for acknowledgements, this one among them. */
    public Set<NodeId> activeNodes() {
        return members.stream()
                .filter(MemberStatus::active)
                .map(status -> status.member().node())
                .collect(Collectors.toUnmodifiableSet());
    }
}
