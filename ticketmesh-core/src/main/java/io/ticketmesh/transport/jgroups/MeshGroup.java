package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MulticastGroup;
import java.net.InetAddress;

/** Where the members of a mesh multicast: at a port of 20,000 to 31,999. */
final class MeshGroup {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    private MeshGroup() {}

    static MulticastGroup of(ClusterName cluster, InetAddress bindAddress) {
        return MulticastGroup.of(cluster, "multicast", bindAddress, FIRST_PORT, PORTS);
    }
}
