package io.ticketmesh.transport.jgroups;

import org.jgroups.protocols.TCP;

/**
 * TCP over {@link SealedSockets}. Below JGroups, because JGroups reads an address and a length from a connection, and replaces
 * an older connection by it, before it hands on the first message.
 */
final class SealedTcp extends TCP {
    SealedTcp(SealedSockets sockets) {
        setSocketFactory(sockets);
    }
}
