package io.ticketmesh.registry;

import java.net.InetSocketAddress;

/** One that takes part in the protocol: what it decides, without thread, socket or clock. Owned by one thread. */
interface Party {
    /**
     * A datagram came.
     *
     * @param bytes begins with the datagram; is used again afterwards
     * @param nowMillis monotonic, as in all calls
     */
    void receive(InetSocketAddress source, byte[] bytes, int length, long nowMillis, Outbox outbox);

    /** Time has passed. Returns when this wants to be called again, at the latest. */
    long tick(long nowMillis, Outbox outbox);
}
