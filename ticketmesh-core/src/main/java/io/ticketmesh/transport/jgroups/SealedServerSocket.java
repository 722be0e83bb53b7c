package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.Seal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections of members only. Connections prove themselves beside each other, at most {@value #MAX_UNPROVED} at a time
 * and {@value #MAX_UNPROVED_OF_ONE} of one address, each within a bounded time; those beyond are closed at once. So a stranger
 * who opens connections and says nothing neither holds up members nor costs more than some threads for a moment.
 */
final class SealedServerSocket extends ServerSocket {
    static final int MAX_UNPROVED = 64;
    static final int MAX_UNPROVED_OF_ONE = 16;
    private static final long POLL_MILLIS = 100;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final long JOIN_MILLIS = 1_000;

    private final SealedSockets owner;
    private final Seal seal;
    private final int handshakeMillis;
    private final BlockingQueue<SealedSocket> proved = new LinkedBlockingQueue<>();
    /** With the threads that wait for them. */
    private final Map<SealedSocket, Thread> unproved = new ConcurrentHashMap<>();

    private @Nullable Thread acceptor;

    SealedServerSocket(SealedSockets owner, Seal seal, int handshakeMillis) throws IOException {
        this.owner = owner;
        this.seal = seal;
        this.handshakeMillis = handshakeMillis;
    }

    @Override
    public synchronized void bind(SocketAddress address, int backlog) throws IOException {
        super.bind(address, backlog);
        Thread thread = new Thread(this::acceptAll, "ticketmesh-accept");
        thread.setDaemon(true);
        acceptor = thread;
        thread.start();
    }

    /** The next connection that proved itself. */
    @Override
    public Socket accept() throws IOException {
        try {
            while (!isClosed()) {
                SealedSocket socket = proved.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (socket != null) {
                    return socket;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketException("Socket closed");
    }

    @Override
    public void close() throws IOException {
        super.close();
        Set<SealedSocket> waiting = Set.copyOf(unproved.keySet());
        for (SealedSocket socket : waiting) {
            Thread thread = unproved.get(socket);
            socket.close();
            join(thread);
        }
        proved.forEach(SealedSockets::closeQuietly);
        join(acceptor());
    }

    private synchronized @Nullable Thread acceptor() {
        return acceptor;
    }

    private void acceptAll() {
        while (!isClosed()) {
            SealedSocket socket = new SealedSocket(owner, seal, handshakeMillis);
            try {
                implAccept(socket);
            } catch (IOException e) {
                // The stranger left, or this socket is closed, which the loop asks.
                SealedSockets.closeQuietly(socket);
                if (!isClosed()) {
                    LockSupport.parkNanos(PAUSE_NANOS); // there may be no descriptor left
                }
                continue;
            }
            owner.opened(socket);
            if (hasRoomFor(socket.getInetAddress())) {
                prove(socket);
            } else {
                owner.refused();
                SealedSockets.closeQuietly(socket);
            }
        }
    }

    private boolean hasRoomFor(InetAddress source) {
        if (unproved.size() >= MAX_UNPROVED) {
            return false;
        }
        long ofOne = unproved.keySet().stream()
                .filter(socket -> source.equals(socket.getInetAddress()))
                .count();
        return ofOne < MAX_UNPROVED_OF_ONE;
    }

    private void prove(SealedSocket socket) {
        Thread thread = new Thread(() -> await(socket), "ticketmesh-handshake");
        thread.setDaemon(true);
        unproved.put(socket, thread);
        thread.start();
    }

    private void await(SealedSocket socket) {
        try {
            socket.accept();
            proved.add(socket);
            if (isClosed()) {
                SealedSockets.closeQuietly(socket);
            }
        } catch (StrangerException e) {
            SealedSockets.closeQuietly(socket);
        } catch (IOException e) {
            if (!isClosed()) {
                owner.refused();
            }
            SealedSockets.closeQuietly(socket);
        } finally {
            unproved.remove(socket);
        }
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null || thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
