package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A connection whose streams are sealed. It is connected when both ends have proved that they are of the mesh, not before. */
final class SealedSocket extends Socket {
    private final SealedSockets owner;
    private final Seal seal;
    private final int handshakeMillis;
    private volatile @Nullable SealedInput input;
    private volatile @Nullable SealedOutput output;

    SealedSocket(SealedSockets owner, Seal seal, int handshakeMillis) {
        this.owner = owner;
        this.seal = seal;
        this.handshakeMillis = handshakeMillis;
    }

    @Override
    public void connect(SocketAddress target, int timeoutMillis) throws IOException {
        owner.opened(this);
        try {
            super.connect(target, timeoutMillis);
            agree(Handshake.call(this, super.getInputStream(), super.getOutputStream(), seal, handshakeMillis));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public void connect(SocketAddress target) throws IOException {
        connect(target, handshakeMillis);
    }

    /** The part of the end that was called. */
    void accept() throws IOException {
        agree(Handshake.answer(this, super.getInputStream(), super.getOutputStream(), seal, handshakeMillis));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        SealedInput sealed = input;
        if (sealed == null) {
            throw new SocketException("The other end has not proved yet that it is of the mesh");
        }
        return sealed;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        SealedOutput sealed = output;
        if (sealed == null) {
            throw new SocketException("The other end has not proved yet that it is of the mesh");
        }
        return sealed;
    }

    /** Since when a write does not get on, as {@link System#nanoTime} says; 0 when none is under way. */
    long writingSince() {
        SealedOutput sealed = output;
        return sealed == null ? 0 : sealed.writingSince();
    }

    @Override
    public synchronized void close() throws IOException {
        owner.closed(this);
        super.close();
    }

    private void agree(Handshake handshake) throws IOException {
        input = new SealedInput(super.getInputStream(), handshake.incoming());
        output = new SealedOutput(super.getOutputStream(), handshake.outgoing());
    }
}
