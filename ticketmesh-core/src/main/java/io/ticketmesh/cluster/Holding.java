package io.ticketmesh.cluster;

import io.ticketmesh.causality.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a member holds an operation on disk, as one replica knows. What it does not know of may be there all the same.
 *
 * @param node the member
 * @param holds whether it is known to hold it
 * @param knownMillisAgo how long that has been known; null when it is not, or for longer than the replica remembers
 */
public record Holding(NodeId node, boolean holds, @Nullable Long knownMillisAgo) {}
