package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An encoded message that waits to be sent.
 *
 * @param target the replica that it is for; null for all
 */
record Parcel(@Nullable Origin target, byte[] bytes) {}
