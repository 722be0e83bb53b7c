package io.ticketmesh.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.Tickets;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.spring.Cable;
import io.ticketmesh.spring.Hub;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.TicketMeshVersion;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.transport.MemoryNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ActuatorTest {
    private static final AutoConfigurations STARTER =
            AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshActuatorAutoConfiguration.class);

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(STARTER).withPropertyValues("ticketmesh.storage=memory");

    private static Health health(org.springframework.context.ApplicationContext context) {
        return context.getBean("ticketMeshHealthIndicator", HealthIndicator.class)
                .health();
    }

    @Test
    void aNodeThatReadsAndWritesIsUp() {
        runner.run(context -> {
            context.getBean(Tickets.class).create("Printer");
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsEntry(
                            "node", context.getBean(TicketMesh.class).nodeId().toString())
                    .containsEntry("tickets", 1L)
                    .containsEntry("writable", true)
                    .containsEntry("members", 1)
                    .containsEntry("reachable", 0L)
                    .containsEntry("behind", 0L)
                    .containsEntry("ahead", 0L)
                    .containsEntry("catchingUp", false);
        });
    }

    @Test
    void theHealthIsCalledTicketMesh() {
        runner.withConfiguration(AutoConfigurations.of(
                        HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
                .run(context -> assertThat(
                                context.getBean(HealthContributorRegistry.class).getContributor("ticketMesh"))
                        .isInstanceOf(HealthIndicator.class));
    }

    @Test
    void aNodeThatWasToldNotToWriteIsUp() {
        runner.withPropertyValues("ticketmesh.read-only=true").run(context -> {
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("writable", false).containsKey("refusal");
        });
    }

    @Test
    void aNodeWhoseReplicaFailedIsDown() {
        runner.withBean("failed", TicketMesh.class, FailedNodes::failed).run(context -> {
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("writable", false);
        });
    }

    @Test
    void aMeshInTroubleIsDetailAndNotDown() {
        MemoryNetwork network = new MemoryNetwork();
        try (TicketMesh other =
                TicketMesh.builder().name("other").transport(network::join).open()) {
            runner.withBean(TicketMeshCustomizer.class, () -> node -> node.transport(network::join))
                    .run(context -> {
                        Tickets tickets = context.getBean(Tickets.class);
                        tickets.acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                                .create("Shared");
                        other.close();
                        tickets.create("Alone");
                        TicketMesh node = context.getBean(TicketMesh.class);
                        Waiting.until(() -> node.status().active() == 2
                                && node.status().members().stream()
                                        .noneMatch(member -> !member.self() && member.reachable()));
                        Health health = health(context);
                        assertThat(health.getStatus()).isEqualTo(Status.UP);
                        assertThat(health.getDetails())
                                .containsEntry("members", 2)
                                .containsEntry("reachable", 0L);
                    });
        }
    }

    @Test
    void aConflictIsCountedUntilSomebodySettlesIt() {
        Hub hub = new Hub();
        AtomicBoolean plugged = new AtomicBoolean(true);
        try (TicketMesh other = TicketMesh.builder()
                .transport(origin -> new Cable(hub, origin, plugged))
                .open()) {
            runner.withBean(
                            TicketMeshCustomizer.class,
                            () -> node -> node.transport(origin -> new Cable(hub, origin, plugged)))
                    .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                    .run(context -> {
                        MeterRegistry registry = context.getBean(MeterRegistry.class);
                        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
                        Tickets tickets = context.getBean(Tickets.class);
                        String key = tickets.acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                                .create("Printer")
                                .key()
                                .toString();
                        plugged.set(false);
                        tickets.change(key, edit -> edit.title("Printer on fire"));
                        other.tickets().change(key, edit -> edit.title("Printer is warm"));
                        assertThat(gauge(registry, "ticketmesh.tickets.conflicting"))
                                .isZero();

                        plugged.set(true);
                        Waiting.until(() -> gauge(registry, "ticketmesh.tickets.conflicting") == 1);
                        Waiting.until(() -> gauge(registry, "ticketmesh.mesh.catchingup") == 0
                                && gauge(registry, "ticketmesh.mesh.catchup") >= 0);

                        tickets.settle(key, edit -> edit.title("Printer is warm"));
                        assertThat(gauge(registry, "ticketmesh.tickets.conflicting"))
                                .isZero();
                    });
        }
    }

    @Test
    void metersTellOfTheNodeAndItsPeers() {
        MemoryNetwork network = new MemoryNetwork();
        try (TicketMesh other = TicketMesh.builder().transport(network::join).open()) {
            runner.withBean(TicketMeshCustomizer.class, () -> node -> node.transport(network::join))
                    .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                    .run(context -> {
                        MeterRegistry registry = context.getBean(MeterRegistry.class);
                        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
                        context.getBean(Tickets.class)
                                .acknowledgedBy(Acknowledgement.ONE, Duration.ofSeconds(30))
                                .create("Shared");
                        Waiting.until(() -> gauge(registry, "ticketmesh.mesh.members") == 2);
                        assertThat(gauge(registry, "ticketmesh.tickets")).isEqualTo(1);
                        assertThat(gauge(registry, "ticketmesh.tickets.conflicting"))
                                .isZero();
                        assertThat(gauge(registry, "ticketmesh.writes.waiting")).isZero();
                        assertThat(registry.get("ticketmesh.writes")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1);
                        assertThat(registry.get("ticketmesh.operations")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1);
                        FunctionTimer commits =
                                registry.get("ticketmesh.commits").functionTimer();
                        assertThat(commits.count()).isPositive();
                        assertThat(commits.totalTime(TimeUnit.NANOSECONDS)).isPositive();
                        assertThat(gauge(registry, "ticketmesh.writes.refused")).isZero();
                        assertThat(gauge(registry, "ticketmesh.mesh.reachable")).isEqualTo(1);
                        assertThat(registry.get("ticketmesh.messages.dropped")
                                        .functionCounter()
                                        .count())
                                .isZero();
                        assertThat(registry.get("ticketmesh.operations.duplicate")
                                        .functionCounter()
                                        .count())
                                .isNotNegative();
                        for (String counter : List.of("rejected", "replayed", "unreadable", "dropped")) {
                            assertThat(registry.get("ticketmesh.network." + counter)
                                            .functionCounter()
                                            .count())
                                    .isZero();
                        }
                        assertThat(gauge(registry, "ticketmesh.network.queue")).isZero();
                        String peer = other.nodeId().shortName();
                        Waiting.until(() -> gauge(registry, "ticketmesh.mesh.members") == 2
                                && ofPeer(registry, "ticketmesh.mesh.behind", peer) == 0
                                && ofPeer(registry, "ticketmesh.mesh.ahead", peer) == 0
                                && !Double.isNaN(ofPeer(registry, "ticketmesh.mesh.drift", peer)));
                    });
        }
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).gauge().value();
    }

    /** NaN while there is none. */
    private static double ofPeer(MeterRegistry registry, String name, String peer) {
        var gauge = registry.find(name).tag("peer", peer).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @Test
    void theInfoEndpointTellsVersionAndNode() {
        runner.withPropertyValues("ticketmesh.mesh.node-name=desk").run(context -> {
            Info.Builder info = new Info.Builder();
            context.getBean(InfoContributor.class).contribute(info);
            assertThat(info.build().getDetails())
                    .containsEntry(
                            "ticketmesh",
                            Map.of(
                                    "version",
                                    TicketMeshVersion.text(),
                                    "node",
                                    context.getBean(TicketMesh.class).nodeId().toString(),
                                    "name",
                                    "desk"));
        });
    }

    @Test
    void eachPartCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.ticketmesh.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
        runner.withPropertyValues("management.info.ticketmesh.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(InfoContributor.class));
        runner.withPropertyValues("ticketmesh.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HealthIndicator.class)
                        .doesNotHaveBean(InfoContributor.class)
                        .doesNotHaveBean(MeterBinder.class));
    }

    @Test
    void anApplicationsOwnHealthCounts() {
        runner.withUserConfiguration(OwnHealth.class)
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHealth {
        @Bean
        HealthIndicator ticketMeshHealthIndicator() {
            return () -> Health.unknown().build();
        }
    }

    @Test
    void anApplicationWithoutActuatorStartsUnchanged() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.health", "org.springframework.boot.actuate", "io.micrometer"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(TicketMesh.class);
                    assertThat(context.getBean(Tickets.class).create("Printer").title())
                            .isEqualTo("Printer");
                    assertThat(context)
                            .doesNotHaveBean("ticketMeshHealthIndicator")
                            .doesNotHaveBean("ticketMeshMeters")
                            .doesNotHaveBean("ticketMeshInfoContributor");
                });
    }

    @Test
    void anApplicationWithMetersAloneHasMeters() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MeterBinder.class)
                        .doesNotHaveBean("ticketMeshHealthIndicator"));
        runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("ticketMeshHealthIndicator")
                        .doesNotHaveBean("ticketMeshMeters"));
    }
}
