package io.ticketmesh.transport.jgroups;

import io.ticketmesh.replica.Incoming;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link MessageEncoder} wrote. Called by any thread. */
@FunctionalInterface
public interface MessageDecoder {
    /**
     * Returns null for what is to be ignored.
     *
     * @throws RuntimeException when the bytes are no message
     */
    @Nullable
    Incoming decode(byte[] bytes, int offset, int length);
}
