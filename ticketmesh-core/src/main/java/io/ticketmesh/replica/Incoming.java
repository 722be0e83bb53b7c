package io.ticketmesh.replica;

import io.ticketmesh.causality.Origin;

/** A message that came from another replica. */
public record Incoming(Origin from, Message message) {}
