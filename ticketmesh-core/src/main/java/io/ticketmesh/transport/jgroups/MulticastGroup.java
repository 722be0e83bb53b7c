package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.ClusterName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the members of a cluster multicast. Group and port follow from the cluster's name, so that two clusters on one network do
 * not hear each other.
 *
 * @param address of 239.192.0.0/14, which routers keep within an organization; for IPv6 of ff18::/16, likewise
 * @param port 20,000 to 31,999: below the ports that systems give to clients
 */
record MulticastGroup(InetAddress address, int port) {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    static MulticastGroup of(ClusterName cluster, InetAddress bindAddress) {
        byte[] hash = cluster.hash("multicast");
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
            return new MulticastGroup(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four or sixteen bytes are an address", e);
        }
    }
}
