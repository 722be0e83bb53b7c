package io.ticketmesh.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.client.RemoteTicket;
import io.ticketmesh.client.TicketMeshClient;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.spring.registry.Desk;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client as a bean of applications that are no nodes, against a real one. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClientBeanTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshClientAutoConfiguration.class))
            .withPropertyValues("ticketmesh.enabled=false");

    @Test
    void aTokenAndAListOfServersAreEnough() {
        String token = "a token of more than thirty-two characters";
        try (Desk desk = Desk.open("ticketmesh.rest.token=" + token)) {
            runner.withPropertyValues(
                            "ticketmesh.client.servers[0]=http://127.0.0.1:" + desk.port(),
                            "ticketmesh.client.bearer-token=" + token)
                    .run(context -> {
                        assertThat(context).doesNotHaveBean(TicketMesh.class);
                        RemoteTicket ticket =
                                context.getBean(TicketMeshClient.class).create("From afar");
                        assertThat(desk.node()
                                        .tickets()
                                        .get(ticket.id().toString())
                                        .title())
                                .isEqualTo("From afar");
                    });
        }
    }

    @Test
    void theNameOfAClusterIsEnoughOnTheMachineOfItsServers() {
        String cluster = "test-" + UUID.randomUUID();
        int port = Desk.freePorts();
        try (Desk desk = Desk.open(
                "ticketmesh.mesh.cluster=" + cluster,
                "ticketmesh.registry.port=" + port,
                "ticketmesh.registry.port-range=0")) {
            String[] settings = {
                "ticketmesh.client.cluster=" + cluster,
                "ticketmesh.client.registry-port=" + port,
                "ticketmesh.client.registry-port-range=0"
            };
            runner.withPropertyValues(settings).run(context -> {
                assertThat(context.getBean(TicketMeshClient.class)
                                .create("Found")
                                .title())
                        .isEqualTo("Found");
            });
            new ReactiveWebApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            TicketMeshAutoConfiguration.class, TicketMeshClientAutoConfiguration.class))
                    .withPropertyValues("ticketmesh.enabled=false")
                    .withPropertyValues(settings)
                    .run(context -> assertThat(context.getBean(TicketMeshClient.class)
                                    .list()
                                    .items())
                            .hasSize(1));
            assertThat(desk.node().registry()).isPresent();
        }
        Waiting.until(() -> threads().isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("ticketmesh-registry"))
                .toList();
    }

    @Test
    void nothingIsOpenedBeforeSomebodyNeedsIt() {
        runner.withPropertyValues("ticketmesh.client.cluster=helpdesk").run(context -> {
            assertThat(context.containsBean("ticketMeshClient")).isTrue();
            Waiting.until(() -> threads().isEmpty());
        });
    }

    @Test
    void withoutServersOrClusterThereIsNoClient() {
        runner.withPropertyValues("ticketmesh.client.call-timeout=1s")
                .run(context -> assertThat(context).doesNotHaveBean(TicketMeshClient.class));
    }

    @Test
    void theApplicationsOwnClientCountsAndCustomizersHaveTheLastWord() {
        runner.withPropertyValues("ticketmesh.client.servers=http://127.0.0.1:1")
                .withUserConfiguration(Own.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(TicketMeshClient.class)
                        .hasBean("mine")
                        .doesNotHaveBean("ticketMeshClient"));
        try (Desk desk = Desk.open()) {
            runner.withPropertyValues("ticketmesh.client.servers=http://127.0.0.1:1")
                    .withBean(
                            TicketMeshClientCustomizer.class,
                            () -> client -> client.servers(URI.create("http://127.0.0.1:" + desk.port())))
                    .run(context -> assertThat(context.getBean(TicketMeshClient.class)
                                    .list()
                                    .items())
                            .isEmpty());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        TicketMeshClient mine() {
            return TicketMeshClient.open(URI.create("http://127.0.0.1:2"));
        }
    }

    @Test
    void callsAndAttemptsAreMetered() {
        try (Desk desk = Desk.open()) {
            runner.withPropertyValues("ticketmesh.client.servers=http://127.0.0.1:" + desk.port())
                    .run(context -> {
                        MeterRegistry meters = new SimpleMeterRegistry();
                        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(meters));
                        TicketMeshClient client = context.getBean(TicketMeshClient.class);
                        client.create("Counted");
                        assertThat(client.find("TM-00000000")).isNull();

                        assertThat(meters.get("ticketmesh.client.calls")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(2);
                        assertThat(meters.get("ticketmesh.client.servers")
                                        .gauge()
                                        .value())
                                .isEqualTo(1);
                        assertThat(meters.get("ticketmesh.client.attempts")
                                        .tags("method", "POST", "status", "201")
                                        .timer()
                                        .count())
                                .isEqualTo(1);
                        assertThat(meters.get("ticketmesh.client.attempts")
                                        .tags("method", "GET", "status", "404")
                                        .timer()
                                        .count())
                                .isEqualTo(1);
                    });
        }
    }

    @Test
    void withoutMicrometerTheClientIsTheSame() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .withPropertyValues("ticketmesh.client.servers=http://127.0.0.1:1")
                .run(context -> assertThat(context)
                        .hasSingleBean(TicketMeshClient.class)
                        .doesNotHaveBean("ticketMeshClientMeters"));
    }

    @Test
    void settingsThatCannotBeMeantStopTheStartAndNameTheProperty() {
        for (String setting : List.of(
                "ticketmesh.client.servers=ftp://desk",
                "ticketmesh.client.servers=http://desk:1",
                "ticketmesh.client.secret=short",
                "ticketmesh.client.registry-port=0",
                "ticketmesh.client.registry-port-range=101",
                "ticketmesh.client.registry-addresses=desk:99999",
                "ticketmesh.client.bind-address=192.0.2.7",
                "ticketmesh.client.tickets-path=/",
                "ticketmesh.client.call-timeout=0s",
                "ticketmesh.client.attempt-timeout=2d",
                "ticketmesh.client.max-attempts=0",
                "ticketmesh.client.max-calls=0")) {
            runner.withPropertyValues("ticketmesh.client.cluster=helpdesk", setting)
                    .run(context -> assertThat(context)
                            .as(setting)
                            .getFailure()
                            .satisfies(failure -> assertThat(messages(failure)).contains("ticketmesh.client")));
        }
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException) {
                messages.append(cause.getMessage()).append('\n');
            }
        }
        return messages.toString();
    }

    @Test
    void secretsAreNotPrinted() {
        runner.withPropertyValues(
                        "ticketmesh.client.cluster=helpdesk",
                        "ticketmesh.client.secret=open-sesame-open-sesame",
                        "ticketmesh.client.bearer-token=open-sesame")
                .run(context -> assertThat(context.getBean(TicketMeshClientProperties.class)
                                .toString())
                        .doesNotContain("sesame")
                        .contains("secret=set"));
    }
}
