package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.Seal;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import org.jgroups.Address;
import org.jgroups.protocols.UDP;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * UDP whose datagrams are sealed as the last thing before they are sent, and opened as the first after they came. JGroups never
 * reads a byte that a member did not write.
 */
final class SealedUdp extends UDP {
    private final Seal seal;

    SealedUdp(Seal seal, SocketFactory sockets) {
        this.seal = seal;
        setSocketFactory(sockets);
    }

    @Override
    protected void _send(InetAddress target, int port, byte[] bytes, int offset, int length) throws Exception {
        byte[] sealed = seal.seal(bytes, offset, length);
        super._send(target, port, sealed, 0, sealed.length);
    }

    @Override
    public void receive(@Nullable Address sender, byte @Nullable [] bytes, int offset, int length) {
        if (bytes == null || seal.isOwn(bytes, offset, length)) {
            return;
        }
        byte[] opened = seal.open(bytes, offset, length);
        if (opened != null) {
            super.receive(sender, opened, 0, opened.length);
        }
    }

    /** As JGroups does, without a warning at every start: most systems give less than is asked for, and that is enough. */
    @Override
    protected void setBufferSize(DatagramSocket socket, int sendBytes, int receiveBytes) {
        try {
            if (sendBytes > 0) {
                socket.setSendBufferSize(sendBytes);
            }
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
        } catch (SocketException e) {
            log.warn("Buffers of the sockets stay as they are: %s", e);
        }
    }
}
