package io.ticketmesh.spring.event;

import io.ticketmesh.causality.NodeId;
import java.time.Instant;

/**
 * Who did something, when, and where.
 *
 * @param eventId the same on every node, and as in the stream of events; for who wants to know whether he has acted on it. Nodes that
 *     cannot see each other may fire the same timer: then it is the only thing by which the two can be told to be one
 * @param actor as the node that accepted it knew him; a pseudonym when he was erased
 * @param at the clock of that node
 * @param node the node that accepted it
 * @param isRemote whether that is another one
 */
public record Act(String eventId, String actor, Instant at, NodeId node, boolean isRemote) {}
