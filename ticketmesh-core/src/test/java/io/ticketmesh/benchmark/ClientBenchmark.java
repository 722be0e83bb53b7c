package io.ticketmesh.benchmark;

import com.sun.net.httpserver.HttpServer;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.VersionToken;
import io.ticketmesh.ticket.TicketView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures what a call through the client costs beside the same request through the JDK's client alone, at the same server in this process,
 * which always gives the same ticket. All take turns in every round. Set by {@code benchmark.rounds} and {@code benchmark.millis}.
 */
public final class ClientBenchmark {
    private static final int[] THREADS = {1, 8};

    private final int rounds = Integer.getInteger("benchmark.rounds", 7);
    private final Duration slot = Duration.ofMillis(Integer.getInteger("benchmark.millis", 1_500));
    private final Report report = new Report();

    /** The server's answer to everything. */
    private record Answer(byte[] ticket, VersionVector version, Origin origin) {}

    public static void main(String[] arguments) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int result = 1;
        try {
            new ClientBenchmark().run();
            result = 0;
        } catch (Exception | Error failed) {
            failed.printStackTrace();
        } finally {
            // Threads of the JDK's client may go on.
            System.exit(result);
        }
    }

    private void run() throws Exception {
        Path directory = Path.of(System.getProperty("benchmark.dir", "target/benchmark"));
        Files.createDirectories(directory);
        new Machine(directory).print(report);
        Answer answer = answer();
        AtomicLong writes = new AtomicLong();
        HttpServer server = start(answer, writes);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        HttpClient bare =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/tickets/TM-1"))
                .timeout(Duration.ofSeconds(5))
                .build();
        HttpRequest changing = HttpRequest.newBuilder(URI.create(address + "/tickets/changing"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (TicketMeshClient client = TicketMeshClient.open(address)) {
            Map<String, Callable<?>> contestants = new LinkedHashMap<>();
            contestants.put("JDK, send", () -> bare.send(request, BodyHandlers.ofByteArray()));
            contestants.put(
                    "JDK, sendAsync and join",
                    () -> bare.sendAsync(request, BodyHandlers.ofByteArray()).join());
            contestants.put("client, get", () -> client.get("TM-1"));
            contestants.put(
                    "JDK, send, a new version each time", () -> bare.send(changing, BodyHandlers.ofByteArray()));
            contestants.put("client, get, a new version each time", () -> client.get("changing"));
            report.line("");
            report.line("The answer has " + answer.ticket().length + " bytes.");
            for (int threads : THREADS) {
                race(contestants, threads);
            }
            report.line("");
            report.line("client: " + client.statistics());
        }
        report.line("load at the end: " + Machine.load());
        server.stop(0);
    }

    private static Answer answer() {
        try (TicketMesh mesh = TicketMesh.builder().open()) {
            TicketView ticket = mesh.tickets("alice")
                    .create(
                            "The printer in the hall is on fire",
                            edit -> edit.description("It burns. ".repeat(30))
                                    .tag("printer")
                                    .tag("fire")
                                    .assignee("bob"));
            byte[] bytes = JsonWriter.bytes(json -> TicketJson.at(Instant.EPOCH).write(json, ticket));
            return new Answer(bytes, mesh.version(), mesh.status().self());
        }
    }

    private static HttpServer start(Answer answer, AtomicLong writes) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        String same = VersionToken.of(answer.version(), answer.origin());
        server.createContext("/", exchange -> {
            boolean changing = exchange.getRequestURI().getPath().endsWith("changing");
            String token = changing
                    ? VersionToken.of(
                            VersionVector.of(Map.of(answer.origin(), writes.incrementAndGet())), answer.origin())
                    : same;
            exchange.getResponseHeaders().set("TicketMesh-Version", token);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.ticket().length);
            exchange.getResponseBody().write(answer.ticket());
            exchange.close();
        });
        server.start();
        return server;
    }

    private void race(Map<String, Callable<?>> contestants, int threads) throws Exception {
        Map<String, Sample> samples = new LinkedHashMap<>();
        contestants.keySet().forEach(name -> samples.put(name, new Sample()));
        for (int round = -2; round < rounds; round++) { // two rounds to warm up
            for (Map.Entry<String, Callable<?>> contestant : contestants.entrySet()) {
                double micros = microsACall(contestant.getValue(), threads);
                if (round >= 0) {
                    samples.get(contestant.getKey()).add(micros);
                }
            }
            report.progress(threads + " threads, round " + round);
        }
        Sample send = samples.get("JDK, send");
        Sample sendChanging = samples.get("JDK, send, a new version each time");
        report.title(
                "Microseconds a call, " + threads + (threads == 1 ? " thread" : " threads"),
                "",
                "µs a call",
                "to JDK, send");
        samples.forEach((name, sample) -> report.row(
                name,
                Report.range(sample),
                Report.number(sample.ratioTo(name.endsWith("each time") ? sendChanging : send))));
    }

    /** How long each of the threads takes for one call, while all of them call. */
    private double microsACall(Callable<?> call, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long end = System.nanoTime() + slot.toNanos();
        List<Future<Long>> counts = new ArrayList<>();
        long begin = System.nanoTime();
        for (int thread = 0; thread < threads; thread++) {
            counts.add(pool.submit(() -> {
                long count = 0;
                while (System.nanoTime() - end < 0) {
                    call.call();
                    count++;
                }
                return count;
            }));
        }
        long total = 0;
        for (Future<Long> count : counts) {
            total += count.get();
        }
        double micros = (System.nanoTime() - begin) / 1e3 * threads / total;
        pool.shutdown();
        return micros;
    }
}
