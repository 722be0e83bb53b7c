package io.ticketmesh.spring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.ticketmesh.client.NotFoundException;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Calls of the client as Micrometer observes them, at a server that knows no ticket and notes the header of the trace. */
class ClientObservationTest {
    private static final byte[] UNKNOWN =
            "{\"status\":404,\"code\":\"unknown-ticket\",\"title\":\"There is no such ticket\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<Observation.Context> ended = new ConcurrentLinkedQueue<>();
    private ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TicketMeshClientAutoConfiguration.class))
            .withBean(ObservationRegistry.class, () -> registry);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            traces.add(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(404, UNKNOWN.length);
            exchange.getResponseBody().write(UNKNOWN);
            exchange.close();
        });
        server.start();
        runner = runner.withPropertyValues("ticketmesh.client.servers=http://127.0.0.1:"
                + server.getAddress().getPort());
        registry.observationConfig().observationHandler(new Tracer());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** What a tracer does: whoever sends something carries the trace. */
    private final class Tracer implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStart(Observation.Context context) {
            if (context instanceof SenderContext<?> sender && sender.getKind() == Kind.CLIENT) {
                inject(sender);
            }
        }

        private <C> void inject(SenderContext<C> sender) {
            sender.getSetter().set(sender.getCarrier(), "traceparent", "00-" + sender.getRemoteServiceName() + "-01");
        }

        @Override
        public void onStop(Observation.Context context) {
            ended.add(context);
        }
    }

    @Test
    void aCallIsObservedBelowWhatItsCallerDoesAndCarriesTheTrace() {
        runner.run(context -> {
            TicketMeshClient client = context.getBean(TicketMeshClient.class);
            Observation.createNotStarted("work", registry)
                    .observe(() -> assertThat(client.find("TM-00000000")).isNull());
            Waiting.until(() -> ended.size() == 2);
        });
        assertThat(traces).containsExactly("00-ticketmesh-01");
        assertThat(call().getName()).isEqualTo("ticketmesh.client.call");
        assertThat(call().getContextualName()).isEqualTo("ticketmesh GET");
        assertThat(call().getParentObservation()).isNotNull();
        assertThat(call().getLowCardinalityKeyValues())
                .containsExactlyInAnyOrder(
                        KeyValue.of("method", "GET"),
                        KeyValue.of("outcome", "SUCCESS"),
                        KeyValue.of("exception", "none"));
        assertThat(call().getHighCardinalityKeyValues()).containsExactly(KeyValue.of("path", "/tickets/TM-00000000"));
    }

    @Test
    void whatACallEndsWithIsItsError() {
        runner.run(context -> {
            assertThatThrownBy(() -> context.getBean(TicketMeshClient.class).get("TM-00000000"))
                    .isInstanceOf(NotFoundException.class);
            Waiting.until(() -> ended.size() == 1);
        });
        assertThat(call().getError()).isInstanceOf(NotFoundException.class);
        assertThat(call().getLowCardinalityKeyValues())
                .contains(KeyValue.of("outcome", "REFUSED"), KeyValue.of("exception", "NotFoundException"));
    }

    @Test
    void theApplicationsConventionCounts() {
        runner.withBean(ClientCallConvention.class, () -> new ClientCallConvention() {
                    @Override
                    public String getName() {
                        return "desk.calls";
                    }
                })
                .run(context -> {
                    context.getBean(TicketMeshClient.class).find("TM-00000000");
                    Waiting.until(() -> ended.size() == 1);
                });
        assertThat(call().getName()).isEqualTo("desk.calls");
    }

    private Observation.Context call() {
        return ended.stream()
                .filter(ClientCallContext.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
