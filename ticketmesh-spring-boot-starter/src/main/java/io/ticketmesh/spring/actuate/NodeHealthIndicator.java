package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health {@code ticketMesh} in Spring Boot 4. */
final class NodeHealthIndicator implements HealthIndicator {
    private final Supplier<TicketMesh> node;

    NodeHealthIndicator(Supplier<TicketMesh> node) {
        this.node = node;
    }

    @Override
    public Health health() {
        NodeHealth health = NodeHealth.of(node.get());
        return (health.up() ? Health.up() : Health.down())
                .withDetails(health.details())
                .build();
    }
}
