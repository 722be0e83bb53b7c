package io.ticketmesh.replica;

import io.ticketmesh.causality.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out.
 *
 * @param to the replica that it is for; null for all
 */
public record Outgoing(@Nullable Origin to, Message message) {}
