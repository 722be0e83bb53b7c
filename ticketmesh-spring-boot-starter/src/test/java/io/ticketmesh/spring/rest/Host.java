package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A real application on a port of its own, with tickets in memory unless told otherwise, and a client for it, which holds every answer
 * against the application's OpenAPI document.
 */
final class Host implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private volatile Contract contract;

    private Host(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** An application that is nothing but the starter. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    static Host start(String... settings) {
        return start(Plain.class, settings);
    }

    static Host start(Class<?> source, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--ticketmesh.storage=memory"));
        for (String setting : settings) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith("--" + name));
            arguments.add("--" + setting);
        }
        SpringApplication application = new SpringApplication(source);
        application.setRegisterShutdownHook(false);
        return new Host(application.run(arguments.toArray(String[]::new)));
    }

    TicketMesh node() {
        return context.getBean(TicketMesh.class);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** What the application promises; made when it is first asked for, since it opens the node. */
    Contract contract() {
        if (contract == null) {
            contract = Contract.of(context);
        }
        return contract;
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Answer put(String path, String... headers) {
        return send("PUT", path, null, headers);
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, json, with(headers, "Content-Type", "application/json"));
    }

    Answer patch(String path, String json, String... headers) {
        return send("PATCH", path, json, with(headers, "Content-Type", "application/merge-patch+json"));
    }

    /** A ticket of that title; the answer shows it. */
    Answer create(String title) {
        return post("/tickets", "{\"title\":\"" + title + "\"}").is(201);
    }

    /** Waits until searches miss nothing that was written before; they would wait for the index too, but not for ever. */
    void awaitIndex(String... headers) {
        Waiting.until(() -> !get("/tickets?q=anything&limit=1", headers).is(200).has("/complete"));
    }

    Answer send(String method, String path, String body, String... headers) {
        return sendAsync(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers)
                .join();
    }

    CompletableFuture<Answer> sendAsync(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(answer -> new Answer(answer.statusCode(), answer.headers(), answer.body()))
                .thenApply(answer -> {
                    contract().check(method, path, body, answer);
                    return answer;
                });
    }

    /** What comes back for bytes that no client library would send, up to the end of the connection. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream input = socket.getInputStream();
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String[] with(String[] headers, String... more) {
        List<String> all = new ArrayList<>(List.of(headers));
        boolean given = all.stream().anyMatch(more[0]::equalsIgnoreCase);
        if (!given) {
            all.addAll(List.of(more));
        }
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        context.close();
    }
}
