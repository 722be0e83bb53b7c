package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.json.AsOfText;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.oplog.AsOf;
import io.ticketmesh.spring.TicketMeshProperties;
import io.ticketmesh.spring.access.TicketAuthorizer;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
        return unlessDeleted(call, service().get(call.ticket()));
    }

    /**
     * The same as it was then.
     *
     * @throws io.ticketmesh.ticket.UnknownTicketException when it was not there then
     */
    TicketView shown(Call call, TicketId ticket, AsOf point) {
        return unlessDeleted(call, service().get(ticket, point));
    }

    private static TicketView unlessDeleted(Call call, TicketView ticket) {
        boolean deletedToo = call.parameters().flag("deleted");
        if (ticket.isDeleted() && !deletedToo) {
            throw new GoneTicketException(ticket.id(), false);
        }
        return ticket;
    }

    /** The point in the past that a call asks for; null for now. A version that is not held here yet is waited for a moment. */
    @Nullable
    AsOf point(Call call) {
        AsOf point = call.parameters().converted("asOf", AsOfText::parse);
        if (point instanceof AsOf.Version asked) {
            causality.await(asked.version());
        }
        return point;
    }

    /** The form in which the caller sees tickets. */
    TicketJson ticketForm(Call call) {
        return ticketForm(call, now());
    }

    /** The form in which the caller sees tickets as they are at that time. */
    TicketJson ticketForm(Call call, Instant time) {
        TicketJson form = TicketJson.at(time);
        return call.seesInternal() ? form : form.hidingInternal();
    }
}
