package io.ticketmesh.spring.benchmark;

import com.sun.net.httpserver.HttpServer;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.client.TicketMeshClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * What callers of three servers notice when one of them dies: through the client, and through Spring Cloud LoadBalancer over the same static list. One
 * caller each, 20 calls a second; after five seconds a server ends, or goes on listening and answers nothing.
 */
public final class DeadServerBenchmark {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final byte[] EMPTY = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    /** What one caller noticed, after the death. */
    private record Noticed(int calls, int failed, double lastFailureSeconds, double slowestMillis) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Balanced {
        @Bean
        @LoadBalanced
        RestClient.Builder balanced() {
            SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
            http.setConnectTimeout(Duration.ofSeconds(2));
            http.setReadTimeout(ATTEMPT);
            return RestClient.builder().requestFactory(http);
        }
    }

    public static void main(String[] arguments) throws Exception {
        DeadServerBenchmark benchmark = new DeadServerBenchmark();
        System.out.println(
                "| the server | caller | calls | failed | last failure, s after the death | slowest call, ms |");
        System.out.println("|---|---|---|---|---|---|");
        for (boolean hangs : new boolean[] {false, true}) {
            benchmark.run(hangs ? "hangs" : "is gone", hangs);
        }
        System.exit(0); // idle connections would hold the process
    }

    private void run(String what, boolean hangs) throws Exception {
        for (boolean ours : new boolean[] {true, false}) {
            List<HttpServer> servers = new ArrayList<>(List.of(server(), server(), server()));
            List<URI> addresses = servers.stream()
                    .map(server ->
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                    .toList();
            Noticed noticed = ours
                    ? throughClient(addresses, () -> die(servers.get(1), hangs))
                    : throughLoadBalancer(addresses, () -> die(servers.get(1), hangs));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,d | %,d | %s | %,.0f |%n",
                    what,
                    ours ? "client" : "Spring Cloud LoadBalancer",
                    noticed.calls(),
                    noticed.failed(),
                    noticed.failed() == 0 ? "none" : String.format(Locale.ROOT, "%.1f", noticed.lastFailureSeconds()),
                    noticed.slowestMillis());
            servers.forEach(server -> server.stop(0));
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, EMPTY.length);
            exchange.getResponseBody().write(EMPTY);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Closes all its connections; then, if it hangs, somebody takes new ones at the same port and says nothing. */
    private static void die(HttpServer server, boolean hangs) {
        int port = server.getAddress().getPort();
        server.stop(0);
        if (hangs) {
            try {
                ServerSocket silent = new ServerSocket();
                silent.setReuseAddress(true);
                silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException taken) {
                throw new IllegalStateException("The port was taken meanwhile", taken);
            }
        }
    }

    private Noticed throughClient(List<URI> addresses, Runnable death) {
        try (TicketMeshClient client = TicketMeshClient.open(
                builder -> builder.servers(addresses.toArray(URI[]::new)).attemptTimeout(ATTEMPT))) {
            return call(
                    () -> {
                        try {
                            return client.list().items().isEmpty();
                        } catch (TicketMeshClientException failed) {
                            return false;
                        }
                    },
                    death);
        }
    }

    private Noticed throughLoadBalancer(List<URI> addresses, Runnable death) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--ticketmesh.enabled=false"));
        for (int i = 0; i < addresses.size(); i++) {
            arguments.add("--spring.cloud.discovery.client.simple.instances.desk[" + i + "].uri=" + addresses.get(i));
        }
        try (ConfigurableApplicationContext context =
                new SpringApplication(Balanced.class).run(arguments.toArray(String[]::new))) {
            RestClient client = context.getBean(RestClient.Builder.class).build();
            return call(
                    () -> {
                        try {
                            return client.get()
                                            .uri("http://desk/tickets")
                                            .retrieve()
                                            .body(String.class)
                                    != null;
                        } catch (RestClientException failed) {
                            return false;
                        }
                    },
                    death);
        }
    }

    private Noticed call(BooleanSupplier succeeds, Runnable death) {
        long diesAt = System.nanoTime() + BEFORE.toNanos();
        while (System.nanoTime() - diesAt < 0) {
            if (!succeeds.getAsBoolean()) {
                throw new IllegalStateException("A call failed although all servers are well");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        death.run();
        long died = System.nanoTime();
        int calls = 0;
        int failed = 0;
        long lastFailure = died;
        long slowest = 0;
        while (System.nanoTime() - died < AFTER.toNanos()) {
            long begin = System.nanoTime();
            calls++;
            if (!succeeds.getAsBoolean()) {
                failed++;
                lastFailure = System.nanoTime();
            }
            slowest = Math.max(slowest, System.nanoTime() - begin);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return new Noticed(calls, failed, (lastFailure - died) / 1e9, slowest / 1e6);
    }
}
