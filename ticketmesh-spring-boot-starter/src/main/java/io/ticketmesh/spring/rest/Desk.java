package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What all resources work with: the node and the settings. Thread-safe.
 *
 * @param opening gives the node, opening it at the first call
 * @param security what the application knows of callers
 * @param authorizer who may do what
 * @param streams all streams of events of this application
 */
record Desk(
        Supplier<TicketMesh> opening,
        TicketMeshProperties settings,
        Writes writes,
        Causality causality,
        HostSecurity security,
        TicketAuthorizer authorizer,
        EventStreams streams) {
    static Desk of(
            Supplier<TicketMesh> opening,
            TicketMeshProperties settings,
            HostSecurity security,
            TicketAuthorizer authorizer,
            EventStreams streams) {
        TicketMeshProperties.Rest rest = settings.rest();
        Writes writes = new Writes(() -> opening.get().service(), rest.writeTimeout(), rest.ackTimeout());
        Causality causality = new Causality(opening, rest.readWait());
        return new Desk(opening, settings, writes, causality, security, authorizer, streams);
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
     * The ticket that the path of a call names, to show something of it; a deleted one only with {@code deleted=true}.
     *
     * @throws GoneTicketException when it was deleted or purged
     */
    TicketView shown(Call call) {
        boolean deletedToo = call.parameters().flag("deleted");
        TicketView ticket = service().get(call.ticket());
        if (ticket.isDeleted() && !deletedToo) {
            throw new GoneTicketException(ticket.id(), false);
        }
        return ticket;
    }

    /** The form in which the caller sees tickets. */
    TicketJson ticketForm(Call call) {
        TicketJson form = TicketJson.at(now());
        return call.seesInternal() ? form : form.hidingInternal();
    }
}
