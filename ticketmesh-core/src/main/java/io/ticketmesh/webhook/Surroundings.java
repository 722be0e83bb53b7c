package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.VersionVector;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What a route sees of the mesh when it decides. Immutable.
 *
 * @param nowMillis the time of day
 * @param reachable the nodes in view, this one among them
 * @param settled up to where any node has come
 * @param progress how far each node has come, as it wrote it
 * @param logs what each node noted of its deliveries
 */
record Surroundings(
        long nowMillis,
        Set<NodeId> reachable,
        VersionVector settled,
        Map<NodeId, Progress> progress,
        Map<NodeId, ? extends Collection<Delivery>> logs) {}
