package io.ticketmesh.registry;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Asks a registry for its list as fast as it answers, with some requests under way. Used by one thread. */
public final class LookupLoad implements AutoCloseable {
    private static final int UNDER_WAY = 32;
    private static final int PATIENCE_MILLIS = 50;

    private final DatagramCodec codec;
    private final DatagramSocket socket;
    private final InetSocketAddress registry;
    private Cookie cookie = new Cookie(0, 0, 0, 0);
    private long request;
    private int answerBytes;

    public LookupLoad(RegistryOptions options, InetSocketAddress registry) throws IOException {
        this.codec = options.codec(new Tally());
        this.registry = registry;
        this.socket = new DatagramSocket(new InetSocketAddress(registry.getAddress(), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        send(new Packet.Lookup(null, null));
        if (!receive()) {
            throw new IOException("The registry does not answer");
        }
    }

    /** How many lookups were answered within {@code millis}. */
    public long run(long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long answered = 0;
        int underWay = 0;
        while (System.nanoTime() < end) {
            while (underWay < UNDER_WAY) {
                send(new Packet.Lookup(cookie, null));
                underWay++;
            }
            if (receive()) {
                answered++;
                underWay--;
            } else {
                underWay = 0;
            }
        }
        while (underWay > 0 && receive()) {
            underWay--;
        }
        return answered;
    }

    /** How long the last answer was. */
    public int answerBytes() {
        return answerBytes;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void send(Packet packet) throws IOException {
        byte[] bytes = codec.encode(Datagram.of(++request, packet));
        socket.send(new DatagramPacket(bytes, bytes.length, registry));
    }

    private boolean receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[Datagram.MAX_BYTES], Datagram.MAX_BYTES);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return false;
        }
        Datagram datagram = codec.decode(packet.getData(), packet.getLength());
        answerBytes = packet.getLength();
        if (datagram == null || !(datagram.packet() instanceof Packet.Page page)) {
            throw new IOException("The registry answers with " + datagram);
        }
        cookie = page.cookie();
        return true;
    }
}
