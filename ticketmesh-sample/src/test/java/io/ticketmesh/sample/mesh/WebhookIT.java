package io.ticketmesh.sample.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes tell a receiver what happens; the one that took a ticket is killed before the receiver has heard of it. */
@Tag("kill")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WebhookIT {
    private static final Duration SOON = Duration.ofSeconds(15);

    /** Until a process that is killed is missed, and another one comes in for it. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    /** Holds every message back until it is told to answer. */
    private static final class Holding implements AutoCloseable {
        private final HttpServer http;
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<String> knocked = new CopyOnWriteArrayList<>();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private volatile boolean answers;

        Holding() throws IOException {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            http.setExecutor(threads);
            http.createContext("/", this::hear);
            http.start();
        }

        private void hear(HttpExchange exchange) throws IOException {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            knocked.add(id + " " + body);
            if (answers) {
                taken.add(id + " " + body);
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            } // else it stays open and is never answered
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/hooks";
        }

        @Override
        public void close() {
            http.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void theOriginIsKilledBetweenWriteAndDeliveryAndAnotherNodeDelivers() throws Exception {
        try (Holding receiver = new Holding();
                Nodes nodes = Nodes.start(directory, 3, "--ticketmesh.webhooks.allowed-networks=127.0.0.0/8")) {
            SampleNode origin = nodes.get(0);
            SampleNode other = nodes.get(1);
            HttpResponse<String> made = origin.post("/ticketmesh/webhooks", "{\"url\":\"" + receiver.url() + "\"}");
            SampleNode.require(made, 201);
            String deliveries = "/ticketmesh/webhooks/" + JsonPath.read(made.body(), "$.id") + "/deliveries";
            nodes.awaitEqual(SOON);

            SampleNode.require(
                    origin.post("/tickets", "{\"title\":\"Printer on fire\"}", "TicketMesh-Acks", "all"), 201);
            Waiting.until(SOON, () -> "nobody knocked", () -> !receiver.knocked.isEmpty());
            origin.kill();
            receiver.answers = true;
            String held = receiver.knocked.get(0);

            Waiting.until(TAKEN_OVER, other::logText, () -> !receiver.taken.isEmpty());
            assertThat(receiver.taken.get(0)).as("the same id and text").isEqualTo(held);
            Waiting.until(
                    SOON,
                    () -> "not noted",
                    () -> other.<List<String>>read(deliveries, "$.items[*].state")
                            .contains("delivered"));

            origin.start();
            nodes.awaitEqual(SOON);
            String later = origin.create("Mouse trapped");
            Waiting.until(
                    SOON,
                    () -> "not told: " + receiver.taken,
                    () -> receiver.taken.stream().anyMatch(message -> message.contains(later)));
            List<String> told = new ArrayList<>(receiver.taken);
            assertThat(told).hasSize(2).doesNotHaveDuplicates();
        }
    }
}
