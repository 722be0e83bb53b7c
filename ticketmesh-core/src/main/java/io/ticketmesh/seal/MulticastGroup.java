package io.ticketmesh.seal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where those who know the name of a cluster multicast. Group and port follow from the name, so that two clusters on one network do
 * not hear each other.
 *
 * @param address of 239.192.0.0/14, which routers keep within an organization; for IPv6 of ff18::/16, likewise
 * @param port below the ports that systems give to clients
 */
public record MulticastGroup(InetAddress address, int port) {
    /**
     * @param purpose what it is for; another one gives another group
     * @param bindAddress decides between IPv4 and IPv6
     * @param firstPort the first of {@code ports} from which the port is taken
     */
    public static MulticastGroup of(
            ClusterName cluster, String purpose, InetAddress bindAddress, int firstPort, int ports) {
        byte[] hash = cluster.hash(purpose);
        int port = firstPort + ((hash[0] & 0xFF) << 8 | (hash[1] & 0xFF)) % ports;
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
