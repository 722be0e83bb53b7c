package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.spring.TicketMeshProperties;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What all resources work with: the node and the settings. Thread-safe.
 *
 * @param opening gives the node, opening it at the first call
 */
record Desk(Supplier<TicketMesh> opening, TicketMeshProperties settings, Writes writes) {
    static Desk of(Supplier<TicketMesh> opening, TicketMeshProperties settings) {
        return new Desk(opening, settings, new Writes(() -> opening.get().service(), settings.writeTimeout()));
    }

    TicketMesh node() {
        return opening.get();
    }

    TicketService service() {
        return node().service();
    }

    Instant now() {
        return Instant.ofEpochMilli(service().nowMillis());
    }

    /**
     * Whether a caller may see internal comments. The one place that decides; until there is an authorizer, whoever may call may
     * see them.
     */
    boolean seesInternal(String actor) {
        return !actor.isEmpty();
    }
}
