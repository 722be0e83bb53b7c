package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.json.MetaJson;
import io.ticketmesh.spring.TicketMeshProperties.Rest;
import io.ticketmesh.spring.TicketMeshVersion;

/** The node itself: what it can do, who it is, and how much it holds. */
final class NodeResource {
    private final Desk desk;

    NodeResource(Desk desk) {
        this.desk = desk;
    }

    Reply meta(Call call) {
        call.parameters().requireAllKnown();
        Rest rest = desk.settings().rest();
        return Reply.json(200, json -> {
            json.startObject();
            MetaJson.writeMembers(json, desk.service().workflow(), TicketMeshVersion.text());
            json.startObject("requests")
                    .member("bodyBytes", rest.maxBody().toBytes())
                    .member("importBytes", rest.maxImport().toBytes())
                    .member("bulkOperations", BulkResource.MAX_OPERATIONS)
                    .member("requireIfMatch", rest.requireIfMatch())
                    .member("readOnly", desk.settings().readOnly())
                    .endObject()
                    .endObject();
        });
    }

    Reply mesh(Call call) {
        call.parameters().requireAllKnown();
        TicketMesh node = desk.node();
        return Reply.json(200, json -> {
            json.startObject()
                    .startObject("node")
                    .member("id", node.nodeId().toString())
                    .member("name", node.nodeId().shortName())
                    .member("writable", node.refusal() == null)
                    .member("waitingWrites", node.waitingWrites())
                    .endObject()
                    .startObject("version");
            node.version().forEach((origin, sequence) -> json.member(origin.toString(), sequence));
            json.endObject().endObject();
        });
    }

    Reply digest(Call call) {
        call.parameters().requireAllKnown();
        TicketMesh node = desk.node();
        return Reply.json(
                200, json -> json.startObject().member("digest", node.digest()).endObject());
    }
}
