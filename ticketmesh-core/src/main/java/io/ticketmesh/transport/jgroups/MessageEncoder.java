package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;

/** Writes a message with its envelope. Called by any thread. */
@FunctionalInterface
public interface MessageEncoder {
    /** @throws RuntimeException when the message cannot be written, for instance because it would be too large */
    byte[] encode(Origin from, Message message);
}
