package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.MulticastGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Asks whether an interface carries multicasts: one that is sent must come back. */
@FunctionalInterface
interface MulticastProbe {
    boolean works(MulticastGroup group, InetAddress bindAddress);

    /** Waits {@code millis} at most. */
    static MulticastProbe within(int millis) {
        return (group, bindAddress) -> {
            try {
                return comesBack(group, bindAddress, millis);
            } catch (IOException e) {
                return false;
            }
        };
    }

    private static boolean comesBack(MulticastGroup group, InetAddress bindAddress, int millis) throws IOException {
        NetworkInterface network = NetworkInterface.getByInetAddress(bindAddress);
        if (network == null) {
            return false;
        }
        byte[] sent = new byte[16];
        new SecureRandom().nextBytes(sent);
        try (MulticastSocket receiving = new MulticastSocket(0);
                DatagramSocket sending = new DatagramSocket(new InetSocketAddress(bindAddress, 0))) {
            InetSocketAddress target = new InetSocketAddress(group.address(), receiving.getLocalPort());
            receiving.joinGroup(target, network);
            sending.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            sending.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            sending.send(new DatagramPacket(sent, sent.length, target));
            return hears(receiving, sent, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private static boolean hears(MulticastSocket socket, byte[] expected, long deadline) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[expected.length], expected.length);
        long left;
        while ((left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) > 0) {
            socket.setSoTimeout((int) left);
            socket.receive(packet);
            if (packet.getLength() == expected.length && Arrays.equals(packet.getData(), expected)) {
                return true;
            }
        }
        return false;
    }
}
