package io.ticketmesh.registry;

import io.ticketmesh.seal.ClusterName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;

/** The multicast group in which the registries of a cluster are asked for. Group and port follow from the cluster's name. */
final class LinkGroup {
    /** Below the ports that systems give to clients, and beside those that meshes use. */
    private static final int FIRST_PORT = 10_000;

    private static final int PORTS = 10_000;
    private static final int MAX_INTERFACES = 16;

    private LinkGroup() {}

    /** Of 239.192.0.0/14, which routers keep within an organization; for IPv6 of ff18::/16, likewise. */
    static InetSocketAddress of(ClusterName cluster, InetAddress bindAddress) {
        byte[] hash = cluster.hash("registry multicast");
        int port = FIRST_PORT + ((hash[0] & 0xFF) << 8 | (hash[1] & 0xFF)) % PORTS;
        byte[] address;
        if (bindAddress instanceof Inet6Address) {
            address = new byte[16];
            address[0] = (byte) 0xFF;
            address[1] = 0x18;
            System.arraycopy(hash, 2, address, 8, 8);
        } else {
            address = new byte[] {(byte) 239, (byte) (192 + (hash[2] & 3)), hash[3], hash[4]};
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four or sixteen bytes are an address", e);
        }
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
