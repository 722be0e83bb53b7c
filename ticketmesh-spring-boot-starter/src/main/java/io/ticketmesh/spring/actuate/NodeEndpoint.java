package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** The endpoint {@code ticketmesh}: how the node, its store, its queues, its mesh and its registry are. Tells no secret and no ticket. */
@Endpoint(id = "ticketmesh")
final class NodeEndpoint {
    private final Supplier<TicketMesh> node;

    NodeEndpoint(Supplier<TicketMesh> node) {
        this.node = node;
    }

    @ReadOperation
    Map<String, Object> node() {
        return NodeReport.of(node.get());
    }
}
