package io.ticketmesh.transport.jgroups;

/** How members find each other. */
public enum Discovery {
    /** By multicast, over UDP: nothing to set, but the network has to carry it. */
    MULTICAST,
    /** From a list of hosts and ports, over TCP. Not all members have to be listed. */
    STATIC,
    /** From the addresses that one host name has, over TCP; as of a headless service. All members use the same port. */
    DNS,
    /** From a registry, over TCP. */
    REGISTRY
}
