package io.ticketmesh.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages over connections of its own, because the address that is checked must be the one that is connected to: the host's name
 * is looked up once, each address is shown to the guard, and only then is that address, not the name, connected to. With TLS the
 * certificate must still be one of the name. Knows no proxies, redirects, cookies or credentials. Thread-safe.
 */
final class HttpCourier implements Courier, AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** How many addresses of one name are tried, so that one that does not answer leaves time for another. */
    private static final int ADDRESSES = 3;

    private final AddressGuard guard;
    private final Supplier<SSLSocketFactory> tls;
    private final Duration timeout;

    /** Closes connections that take too long, whatever they are waiting for. */
    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "ticketmesh-webhooks-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param tls asked for when it is first needed, since it reads all certificates that are trusted
     */
    HttpCourier(AddressGuard guard, Supplier<SSLSocketFactory> tls, Duration timeout) {
        this.guard = guard;
        this.tls = tls;
        this.timeout = timeout;
        watch.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Reception carry(WebhookUrl target, Map<String, String> headers, byte[] body) {
        long start = System.nanoTime();
        Try one = new Try(target, start);
        try {
            HttpAnswer answer = one.run(head(target, headers, body.length), body);
            return new Reception(answer.status(), millisSince(start), answer.body(), answer.retryAfterMillis(), null);
        } catch (IOException | RuntimeException failed) {
            return Reception.failed(millisSince(start), inWords(failed, one.leftMillis() <= 0));
        }
    }

    private String inWords(Exception failed, boolean late) {
        String message = String.valueOf(failed.getMessage());
        if (failed instanceof UnknownHostException) {
            return "The name of the host is not known";
        } else if (late) {
            return "There was no answer within " + timeout.toSeconds() + " s";
        } else if (failed instanceof SSLException) {
            return "TLS failed: " + message;
        }
        return message;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static byte[] head(WebhookUrl target, Map<String, String> headers, int length) {
        StringBuilder head = new StringBuilder("POST " + target.requestTarget() + " HTTP/1.1\r\n");
        head.append("Host: ").append(target.authority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\nConnection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One try. */
    private final class Try {
        private final WebhookUrl target;
        private final long endNanos;

        Try(WebhookUrl target, long startNanos) {
            this.target = target;
            this.endNanos = startNanos + timeout.toNanos();
        }

        HttpAnswer run(byte[] head, byte[] body) throws IOException {
            IOException refused = null;
            int tried = 0;
            for (InetAddress address : target.addresses()) {
                String reason = guard.refusal(address, target.isSecure());
                if (reason != null) {
                    refused = refused == null ? new IOException("The address " + reason) : refused;
                } else if (tried++ < ADDRESSES) {
                    try (Socket socket = connected(address)) {
                        return over(socket, head, body);
                    } catch (Unconnected next) {
                        refused = next;
                    }
                }
            }
            throw refused == null ? new UnknownHostException(target.host()) : refused;
        }

        private Socket connected(InetAddress address) throws Unconnected {
            Socket socket = new Socket();
            try {
                int millis = (int) Math.max(1, leftMillis() / 2);
                socket.connect(new InetSocketAddress(address, target.port()), millis);
                return socket;
            } catch (IOException failed) {
                closeQuietly(socket);
                throw new Unconnected(failed);
            }
        }

        private long leftMillis() {
            return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        }

        private HttpAnswer over(Socket socket, byte[] head, byte[] body) throws IOException {
            Future<?> end = watch.schedule(() -> closeQuietly(socket), leftMillis(), TimeUnit.MILLISECONDS);
            try {
                Socket line = target.isSecure() ? secured(socket) : socket;
                OutputStream output = line.getOutputStream();
                output.write(head);
                output.write(body);
                output.flush();
                return HttpAnswer.read(line.getInputStream());
            } finally {
                end.cancel(false);
            }
        }

        private Socket secured(Socket socket) throws IOException {
            SSLSocket line = (SSLSocket) tls.get().createSocket(socket, target.host(), target.port(), true);
            SSLParameters parameters = line.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            line.setSSLParameters(parameters);
            line.startHandshake();
            return line;
        }
    }

    /** Nothing was sent, so another address can be tried. */
    private static final class Unconnected extends IOException {
        private static final long serialVersionUID = 1;

        Unconnected(IOException cause) {
            super("No connection: " + cause.getMessage(), cause);
        }
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException closed) {
            return; // it is of no use any more, either way
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            boolean unused = watch.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
