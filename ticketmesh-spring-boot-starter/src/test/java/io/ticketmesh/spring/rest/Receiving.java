package io.ticketmesh.spring.rest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another system on this machine, which takes webhooks and remembers them. */
final class Receiving implements AutoCloseable {
    /** Lets nodes send to it. */
    static final String ALLOWED = "ticketmesh.webhooks.allowed-networks=127.0.0.0/8";

    private final HttpServer http;
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private Receiving(HttpServer http) {
        this.http = http;
    }

    static Receiving start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            Receiving receiving = new Receiving(http);
            http.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                receiving.bodies.add(body);
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
                exchange.close();
            });
            http.start();
            return receiving;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/hooks";
    }

    List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
