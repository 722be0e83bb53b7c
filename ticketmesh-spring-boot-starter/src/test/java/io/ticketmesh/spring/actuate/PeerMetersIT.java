package io.ticketmesh.spring.actuate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ticketmesh.TicketMesh;
import io.ticketmesh.spring.TicketMeshAutoConfiguration;
import io.ticketmesh.spring.TicketMeshCustomizer;
import io.ticketmesh.spring.Waiting;
import io.ticketmesh.transport.MemoryNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What takes the minute after which a silent peer is forgotten. */
@Tag("kill")
class PeerMetersIT {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(TicketMeshAutoConfiguration.class, TicketMeshActuatorAutoConfiguration.class))
            .withPropertyValues("ticketmesh.storage=memory");

    @Test
    void metersOfAPeerEndWhenItIsForgotten() {
        MemoryNetwork network = new MemoryNetwork();
        try (TicketMesh other = TicketMesh.builder().transport(network::join).open()) {
            runner.withBean(TicketMeshCustomizer.class, () -> node -> node.transport(network::join))
                    .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                    .run(context -> {
                        MeterRegistry registry = context.getBean(MeterRegistry.class);
                        context.getBeansOfType(MeterBinder.class).values().forEach(binder -> binder.bindTo(registry));
                        Waiting.until(() -> readMembers(registry) == 2
                                && registry.find("ticketmesh.mesh.behind").gauge() != null);
                        other.close();
                        Waiting.until(() -> {
                            readMembers(registry);
                            return registry.find("ticketmesh.mesh.behind").gauge() == null;
                        });
                    });
        }
    }

    /** Reading one meter brings those of the peers up to date. */
    private static double readMembers(MeterRegistry registry) {
        Gauge members = registry.get("ticketmesh.mesh.members").gauge();
        return members.value();
    }
}
