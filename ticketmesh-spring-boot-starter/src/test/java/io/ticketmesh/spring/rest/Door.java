package io.ticketmesh.spring.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One address behind which now this host answers and now that one, or nobody; as a proxy before a mesh does. */
final class Door implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Host host;

    Door(Host host) throws IOException {
        this.host = host;
        Thread accepting = new Thread(this::accept, "door");
        accepting.setDaemon(true);
        accepting.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Breaks all connections; new ones lead to that host, or are refused when it is null. */
    void leadTo(Host another) throws IOException {
        host = another;
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket outside = server.accept();
                Host now = host;
                if (now == null) {
                    outside.close();
                    continue;
                }
                Socket inside = new Socket("127.0.0.1", now.port());
                open.add(outside);
                open.add(inside);
                carry(outside, inside);
                carry(inside, outside);
            } catch (IOException over) {
                // the next one, unless the door is closed
            }
        }
    }

    private void carry(Socket from, Socket to) {
        Thread carrying = new Thread(
                () -> {
                    try (from;
                            to;
                            InputStream in = from.getInputStream();
                            OutputStream out = to.getOutputStream()) {
                        byte[] some = new byte[8_192];
                        for (int count = in.read(some); count >= 0; count = in.read(some)) {
                            out.write(some, 0, count);
                            out.flush();
                        }
                    } catch (IOException over) {
                        // both ends are closed
                    } finally {
                        open.remove(from);
                        open.remove(to);
                    }
                },
                "door");
        carrying.setDaemon(true);
        carrying.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        leadTo(null);
    }
}
