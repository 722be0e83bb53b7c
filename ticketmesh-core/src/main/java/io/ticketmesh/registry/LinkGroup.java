package io.ticketmesh.registry;

import io.ticketmesh.seal.ClusterName;
import io.ticketmesh.seal.MulticastGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** The multicast group in which the registries of a cluster are asked for. Group and port follow from the cluster's name. */
final class LinkGroup {
    /** Below the ports that systems give to clients, and beside those that meshes use. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 10_000;
    private static final int MAX_INTERFACES = 16;

    private LinkGroup() {}

    static InetSocketAddress of(ClusterName cluster, InetAddress bindAddress) {
        MulticastGroup group = MulticastGroup.of(cluster, "registry multicast", bindAddress, FIRST_PORT, PORTS);
        return new InetSocketAddress(group.address(), group.port());
    }

    /** Those that lead to the link: of one address its own, of all addresses those that multicast. */
    static List<NetworkInterface> interfaces(InetAddress bindAddress) throws SocketException {
        if (!bindAddress.isAnyLocalAddress()) {
            NetworkInterface network = NetworkInterface.getByInetAddress(bindAddress);
            return network == null ? List.of() : List.of(network);
        }
        return NetworkInterface.networkInterfaces()
                .filter(LinkGroup::leadsToOthers)
                .limit(MAX_INTERFACES)
                .toList();
    }

    private static boolean leadsToOthers(NetworkInterface network) {
        try {
            return network.isUp()
                    && !network.isLoopback()
                    && network.supportsMulticast()
                    && network.inetAddresses().findAny().isPresent();
        } catch (SocketException e) {
            return false;
        }
    }
}
