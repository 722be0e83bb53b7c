package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records what members send, as it is on the wire, without the secret. */
final class Eavesdropper {
    private static final int WAIT_MILLIS = 30_000;
    /** The first message of one that connects: 17 bytes, sealed. */
    private static final int CALL_BYTES = 50;

    private Eavesdropper() {}

    /** The next multicasts to the group, on loopback. */
    static List<byte[]> datagrams(InetSocketAddress group, int count) throws IOException {
        List<byte[]> recorded = new ArrayList<>();
        try (MulticastSocket socket = new MulticastSocket(group)) {
            socket.joinGroup(group, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            socket.setSoTimeout(WAIT_MILLIS);
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            while (recorded.size() < count) {
                socket.receive(packet);
                recorded.add(Arrays.copyOf(packet.getData(), packet.getLength()));
            }
        }
        return recorded;
    }

    /** How members begin the next connections to a socket that they take for a member's. */
    static List<byte[]> calls(ServerSocket listed, int count) throws IOException {
        List<byte[]> recorded = new ArrayList<>();
        listed.setSoTimeout(WAIT_MILLIS);
        while (recorded.size() < count) {
            try (Socket socket = listed.accept()) {
                socket.setSoTimeout(WAIT_MILLIS);
                recorded.add(socket.getInputStream().readNBytes(CALL_BYTES));
            }
        }
        return recorded;
    }
}
