package io.ticketmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.Waiting;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AttachmentAndWebhookMetersTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshActuatorAutoConfiguration.class))
            .withPropertyValues("ticketmesh.storage=memory", "ticketmesh.webhooks.allowed-networks=127.0.0.1");

    private static double counted(MeterRegistry registry, String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }

    private static String addressWhereNobodyListens() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }
    }

    @Test
    void metersAndHealthTellOfBytesAndOfReceiversThatDoNotAnswer() {
        runner.run(context -> {
            MeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(NodeMeters.class).bindTo(registry);
            TicketMesh mesh = context.getBean(TicketMesh.class);
            assertThat(NodeHealth.of(mesh).details().keySet())
                    .noneMatch(name -> name.startsWith("attachments") || name.startsWith("webhook"));
            mesh.webhooks().create("alice", addressWhereNobodyListens(), edit -> {});
            String ticket = mesh.tickets().create("Printer").id().toString();
            mesh.tickets().attach(ticket, "x.txt", new ByteArrayInputStream(new byte[] {'x', 'y'}));

            assertThat(counted(registry, "ticketmesh.attachments.stored")).isEqualTo(1);
            assertThat(counted(registry, "ticketmesh.attachments.stored.bytes")).isEqualTo(2);
            for (String none : new String[] {"failed", "fetched", "fetches.failed", "checked", "damaged"}) {
                assertThat(counted(registry, "ticketmesh.attachments." + none)).isZero();
            }
            for (String none : new String[] {"kept", "kept.bytes", "missing"}) {
                assertThat(gauge(registry, "ticketmesh.attachments." + none)).isNotNegative();
            }
            Waiting.until(() -> gauge(registry, "ticketmesh.webhooks.waiting") == 2);
            assertThat(gauge(registry, "ticketmesh.webhooks.defined")).isEqualTo(1);
            assertThat(gauge(registry, "ticketmesh.webhooks.stopped")).isZero();
            Waiting.until(() -> gauge(registry, "ticketmesh.webhooks.backlog") == 0);
            assertThat(counted(registry, "ticketmesh.webhooks.attempts", "outcome", "unanswered"))
                    .isGreaterThanOrEqualTo(2);
            assertThat(counted(registry, "ticketmesh.webhooks.attempts", "outcome", "accepted"))
                    .isZero();
            assertThat(counted(registry, "ticketmesh.webhooks.attempts", "outcome", "refused"))
                    .isZero();
            assertThat(NodeHealth.of(mesh).up()).isTrue();
            assertThat(NodeHealth.of(mesh).details()).containsEntry("webhookMessagesWaiting", 2L);
            Map<String, Object> report = NodeReport.of(mesh);
            assertThat(report.get("attachments")).asString().contains("stored=1, storedBytes=2");
            assertThat(report.get("webhooks")).asString().contains("defined=1", "waiting=2");
        });
    }
}
