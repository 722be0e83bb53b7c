package io.ticketmesh.transport.jgroups;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.stream.Stream;

/** Which address is bound when none is set. */
final class BindAddress {
    private BindAddress() {}

    /** With a secret an address of the local network, those of interfaces that multicast first; else {@code 127.0.0.1}. */
    static InetAddress whenNoneIsSet(boolean hasSecret) {
        return hasSecret ? siteLocal() : loopback();
    }

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }

    private static InetAddress siteLocal() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(BindAddress::isUsable)
                    .sorted(Comparator.comparing(BindAddress::isWithoutMulticast)
                            .thenComparingInt(NetworkInterface::getIndex))
                    .flatMap(BindAddress::siteLocalAddresses)
                    .findFirst()
                    .orElseGet(BindAddress::loopback);
        } catch (SocketException e) {
            return loopback();
        }
    }

    private static Stream<InetAddress> siteLocalAddresses(NetworkInterface network) {
        return network.inetAddresses()
                .filter(address -> address instanceof Inet4Address && address.isSiteLocalAddress());
    }

    private static boolean isUsable(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback() && !network.isPointToPoint();
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean isWithoutMulticast(NetworkInterface network) {
        try {
            return !network.supportsMulticast();
        } catch (SocketException e) {
            return true;
        }
    }
}
