package io.ticketmesh.sample.mesh;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.SocketAddress;
import org.jgroups.util.DefaultSocketFactory;

/** Opens UDP sockets that lose and repeat what {@link Troubles} say. Each receiver of a multicast loses for itself. */
final class TroubledSockets extends DefaultSocketFactory {
    private final Troubles troubles;

    TroubledSockets(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public MulticastSocket createMulticastSocket(String service) throws IOException {
        return createMulticastSocket(service, 0);
    }

    @Override
    public MulticastSocket createMulticastSocket(String service, int port) throws IOException {
        return createMulticastSocket(service, new InetSocketAddress(port));
    }

    @Override
    public MulticastSocket createMulticastSocket(String service, SocketAddress address) throws IOException {
        return new TroubledSocket(address);
    }

    private final class TroubledSocket extends MulticastSocket {
        TroubledSocket(SocketAddress address) throws IOException {
            super(address);
        }

        @Override
        public void send(DatagramPacket packet) throws IOException {
            super.send(packet);
            if (troubles.repeats(packet)) {
                super.send(packet);
            }
        }

        @Override
        public void receive(DatagramPacket packet) throws IOException {
            do {
                super.receive(packet);
            } while (troubles.loses(packet));
        }
    }
}
