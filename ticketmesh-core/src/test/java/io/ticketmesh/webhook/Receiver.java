package io.ticketmesh.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Somebody on this machine who is told, and remembers what he heard. */
public final class Receiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Heard> heard = new ArrayList<>();
    private volatile Function<Heard, Integer> answers;

    /** One message, as it came. */
    public record Heard(String id, String timestamp, String signature, String body) {}

    private Receiver(HttpServer http, Function<Heard, Integer> answers) {
        this.http = http;
        this.answers = answers;
    }

    /** One that answers with these, and then with the last of them for ever. */
    public static Receiver answering(int... statuses) {
        List<Integer> left = new ArrayList<>();
        for (int status : statuses) {
            left.add(status);
        }
        return open(message -> {
            synchronized (left) {
                return left.size() > 1 ? left.remove(0) : left.get(0);
            }
        });
    }

    public static Receiver open(Function<Heard, Integer> answers) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            Receiver receiver = new Receiver(http, answers);
            http.setExecutor(receiver.threads);
            http.createContext("/", receiver::hear);
            http.start();
            return receiver;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Heard message = new Heard(
                exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"),
                body);
        int status = answers.apply(message);
        synchronized (heard) {
            heard.add(message);
            heard.notifyAll();
        }
        byte[] said = ("status " + status).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 204 ? -1 : said.length);
        if (status != 204) {
            exchange.getResponseBody().write(said);
        }
        exchange.close();
    }

    /** From now on he answers so. */
    public void answer(int status) {
        answers = message -> status;
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/hooks";
    }

    /** What he heard, in that order. */
    public List<Heard> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** Waits until he has heard so many. */
    public List<Heard> await(int messages) throws InterruptedException {
        await(() -> "heard " + heard(), () -> heard().size() >= messages);
        return heard();
    }

    /** Waits until something is so, or fails. */
    public void await(Supplier<String> otherwise, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (heard) {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("After " + PATIENCE + ": " + otherwise.get());
                }
                heard.wait(20);
            }
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
