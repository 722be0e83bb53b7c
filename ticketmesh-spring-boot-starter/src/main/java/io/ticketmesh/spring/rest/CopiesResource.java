package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.oplog.HistoryEntry;
import io.ticketmesh.spring.access.TicketAction;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the last change of a ticket was accepted, and which members of the mesh are known to hold it since. */
final class CopiesResource {
    private final Desk desk;

    CopiesResource(Desk desk) {
        this.desk = desk;
    }

    Reply all(Call call) {
        TicketView ticket = desk.shown(call);
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.OBSERVE);
        List<HistoryEntry> history = desk.service().history(ticket.id(), call.seesInternal());
        if (history.isEmpty()) {
            throw new UnknownTicketException(ticket.id().toString());
        }
        Trace last = history.get(history.size() - 1).trace();
        List<Holding> holdings =
                desk.node().holdings(last.operation()).toCompletableFuture().join();
        Instant now = desk.now();
        Map<NodeId, String> names = names(desk.node());
        return Reply.json(200, json -> {
            json.startObject()
                    .member("operation", last.operation().toString())
                    .member("actor", last.actor())
                    .member("at", Instant.ofEpochMilli(last.atMillis()))
                    .startArray("members");
            holdings.forEach(holding -> write(
                    json,
                    holding,
                    names.getOrDefault(holding.node(), ""),
                    holding.node().equals(last.operation().origin().node()),
                    now));
            json.endArray().endObject();
        });
    }

    private static void write(JsonWriter json, Holding holding, String name, boolean accepted, Instant now) {
        Long knownMillisAgo = holding.knownMillisAgo();
        json.startObject()
                .member("id", holding.node().toString())
                .member("name", MeshJson.nameOf(name, holding.node().shortName()))
                .member("accepted", accepted)
                .member("holds", holding.holds())
                .optional("knownAt", knownMillisAgo == null ? null : now.minusMillis(knownMillisAgo))
                .endObject();
    }

    /** What the members are called. */
    static Map<NodeId, String> names(TicketMesh node) {
        Map<NodeId, String> names = new HashMap<>();
        node.status().members().stream()
                .map(MemberStatus::member)
                .forEach((Member member) -> names.put(member.node(), member.name()));
        return names;
    }
}
