package io.ticketmesh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that sends bytes which no HTTP server would, and then keeps the connection, or resets it. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final String bytes;
    private final boolean resets;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    private RawServer(ServerSocket listening, String bytes, boolean resets) {
        this.listening = listening;
        this.bytes = bytes;
        this.resets = resets;
    }

    /** Sends what it has and says nothing more. */
    static RawServer silentAfter(String bytes) {
        return start(bytes, false);
    }

    static RawServer resettingAfter(String bytes) {
        return start(bytes, true);
    }

    private static RawServer start(String bytes, boolean resets) {
        try {
            RawServer server =
                    new RawServer(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), bytes, resets);
            Thread thread = new Thread(server::serve, "raw-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                readHead(socket.getInputStream());
                requests.incrementAndGet();
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                if (resets) {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            } catch (IOException gone) {
                continue; // the test is over, or the client does not want to hear more
            }
        }
    }

    private static void readHead(InputStream input) throws IOException {
        int lineEnds = 0;
        for (int next = input.read(); next >= 0 && lineEnds < 4; ) {
            lineEnds = next == '\r' || next == '\n' ? lineEnds + 1 : 0;
            next = lineEnds < 4 ? input.read() : -1;
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
