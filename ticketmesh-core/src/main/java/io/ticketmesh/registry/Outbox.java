package io.ticketmesh.registry;

import java.net.InetSocketAddress;

/** Takes datagrams that are to be sent; may lose them. */
@FunctionalInterface
interface Outbox {
    void send(InetSocketAddress target, byte[] datagram);
}
