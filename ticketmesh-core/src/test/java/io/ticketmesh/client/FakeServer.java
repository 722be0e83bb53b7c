package io.ticketmesh.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that answers as a test tells it, and remembers what it heard. */
final class FakeServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile Script script;

    /** What was asked. */
    record Heard(String method, String path, String query, Headers headers, String body) {
        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        boolean has(String name) {
            return headers.containsKey(name);
        }
    }

    /** What is answered. */
    @FunctionalInterface
    interface Script {
        void answer(HttpExchange exchange) throws Exception;
    }

    private FakeServer(HttpServer http, Script script) {
        this.http = http;
        this.script = script;
    }

    static FakeServer start(Script script) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            FakeServer server = new FakeServer(http, script);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Script json(int status, String body, String... headers) {
        return answer(status, status < 400 ? "application/json" : "application/problem+json", body, headers);
    }

    static Script problem(int status, String code, String... headers) {
        return json(
                status,
                "{\"type\":\"urn:ticketmesh:problem:" + code + "\",\"title\":\"No\",\"status\":" + status
                        + ",\"detail\":\"because\",\"code\":\"" + code + "\"}",
                headers);
    }

    static Script answer(int status, String type, String body, String... headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    void then(Script next) {
        script = next;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI uri = exchange.getRequestURI();
        heard.add(new Heard(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                String.valueOf(uri.getRawQuery()),
                exchange.getRequestHeaders(),
                body));
        try {
            script.answer(exchange);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            throw new IOException(failed);
        } finally {
            exchange.close();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<Heard> heard() {
        return heard;
    }

    Heard last() {
        return heard.get(heard.size() - 1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.stop(0);
    }
}
