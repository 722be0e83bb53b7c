package io.ticketmesh.transport.jgroups;

import io.ticketmesh.seal.Seal;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.util.SocketFactory;

/**
 * Gives JGroups connections that are sealed, and knows all that are open, so that one that does not get on can be closed.
 * Thread-safe.
 */
final class SealedSockets implements SocketFactory {
    private final Seal seal;
    private final int handshakeMillis;
    private final Set<SealedSocket> open = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();

    SealedSockets(Seal seal, int handshakeMillis) {
        this.seal = seal;
        this.handshakeMillis = handshakeMillis;
    }

    /** How many connections were closed because they did not prove to be of the mesh, or came with too many others. */
    long refusedConnections() {
        return refused.sum();
    }

    /** Closes connections on which one write has taken longer than {@code millis}: the other end does not read. */
    void closeStuck(long millis) {
        long now = System.nanoTime();
        for (SealedSocket socket : open) {
            long since = socket.writingSince();
            if (since != 0 && now - since > TimeUnit.MILLISECONDS.toNanos(millis)) {
                closeQuietly(socket);
            }
        }
    }

    /** Closes all connections. */
    void closeAll() {
        open.forEach(SealedSockets::closeQuietly);
    }

    void opened(SealedSocket socket) {
        open.add(socket);
    }

    void closed(SealedSocket socket) {
        open.remove(socket);
    }

    void refused() {
        refused.increment();
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no more use in any case.
        }
    }

    @Override
    public Socket createSocket(String service) {
        return new SealedSocket(this, seal, handshakeMillis);
    }

    @Override
    public Socket createSocket(String service, String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String service, InetAddress address, int port) throws IOException {
        return connected(new InetSocketAddress(address, port));
    }

    @Override
    public Socket createSocket(String service, String host, int port, InetAddress local, int localPort)
            throws IOException {
        return createSocket(service, InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(String service, InetAddress address, int port, InetAddress local, int localPort)
            throws IOException {
        SealedSocket socket = new SealedSocket(this, seal, handshakeMillis);
        socket.bind(new InetSocketAddress(local, localPort));
        socket.connect(new InetSocketAddress(address, port));
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(String service) throws IOException {
        return new SealedServerSocket(this, seal, handshakeMillis);
    }

    @Override
    public ServerSocket createServerSocket(String service, int port) throws IOException {
        return createServerSocket(service, port, 0, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog) throws IOException {
        return createServerSocket(service, port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(String service, int port, int backlog, InetAddress address)
            throws IOException {
        ServerSocket socket = createServerSocket(service);
        socket.bind(new InetSocketAddress(address, port), backlog);
        return socket;
    }

    @Override
    public SocketChannel createSocketChannel(String service) throws IOException {
        throw new SocketException("Channels would not be sealed");
    }

    @Override
    public ServerSocketChannel createServerSocketChannel(String service) throws IOException {
        throw new SocketException("Channels would not be sealed");
    }

    @Override
    public DatagramSocket createDatagramSocket(String service) throws SocketException {
        throw noDatagrams();
    }

    @Override
    public DatagramSocket createDatagramSocket(String service, SocketAddress address) throws SocketException {
        throw noDatagrams();
    }

    @Override
    public DatagramSocket createDatagramSocket(String service, int port) throws SocketException {
        throw noDatagrams();
    }

    @Override
    public DatagramSocket createDatagramSocket(String service, int port, InetAddress address) throws SocketException {
        throw noDatagrams();
    }

    @Override
    public MulticastSocket createMulticastSocket(String service) throws IOException {
        throw noDatagrams();
    }

    @Override
    public MulticastSocket createMulticastSocket(String service, int port) throws IOException {
        throw noDatagrams();
    }

    @Override
    public MulticastSocket createMulticastSocket(String service, SocketAddress address) throws IOException {
        throw noDatagrams();
    }

    @Override
    public void close(Socket socket) throws IOException {
        socket.close();
    }

    @Override
    public void close(ServerSocket socket) throws IOException {
        socket.close();
    }

    @Override
    public void close(DatagramSocket socket) {
        socket.close();
    }

    private Socket connected(InetSocketAddress target) throws IOException {
        SealedSocket socket = new SealedSocket(this, seal, handshakeMillis);
        socket.connect(target);
        return socket;
    }

    /** Nothing in a stack over TCP sends datagrams; were something to begin with it, they would not be sealed. */
    private static SocketException noDatagrams() {
        return new SocketException("Datagrams of a stack over TCP would not be sealed");
    }
}
