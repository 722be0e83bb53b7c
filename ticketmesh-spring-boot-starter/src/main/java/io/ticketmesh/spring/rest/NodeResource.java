package io.ticketmesh.spring.rest;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.json.MetaJson;
import io.ticketmesh.spring.TicketMeshProperties.Rest;
import io.ticketmesh.spring.TicketMeshVersion;
import io.ticketmesh.spring.access.TicketAction;

/** The node itself: what it can do, who it is, and how much it holds. */
final class NodeResource {
    private static final int TRIES = 5;

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
                    .member(
                            "attachmentBytes",
                            desk.node().attachments().options().maxBytes())
                    .member("bulkOperations", BulkResource.MAX_OPERATIONS)
                    .member("requireIfMatch", rest.requireIfMatch())
                    .member("readOnly", desk.settings().readOnly())
                    .endObject()
                    .endObject();
        });
    }

    Reply mesh(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.OBSERVE);
        return Reply.json(200, json -> MeshJson.write(json, desk.node()));
    }

    /** The digest of all content with the version that it belongs to, unless writes come faster than it can be read. */
    Reply digest(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.OBSERVE);
        String before = desk.causality().token();
        String digest = desk.node().digest();
        String after = desk.causality().token();
        for (int tries = 0; tries < TRIES && !before.equals(after); tries++) {
            before = after;
            digest = desk.node().digest();
            after = desk.causality().token();
        }
        String told = digest;
        String version = after;
        return Reply.json(
                200,
                json -> json.startObject()
                        .member("digest", told)
                        .member("version", version)
                        .endObject());
    }

    /** Takes a member out of the mesh until it is heard again. */
    Reply retire(Call call) {
        call.parameters().requireAllKnown();
        call.rights().require(TicketAction.OPERATE);
        NodeId member = member(call.variable("node"));
        if (member.equals(desk.node().nodeId())) {
            throw Problem.of(ProblemKind.OWN_NODE, "This is the node that was asked; ask another one to retire it")
                    .exception();
        }
        desk.node().retire(member);
        return Reply.empty(204);
    }

    private NodeId member(String text) {
        try {
            NodeId member = NodeId.parse(text);
            boolean known = desk.node().status().members().stream()
                    .anyMatch(status -> status.member().node().equals(member));
            if (known) {
                return member;
            }
        } catch (IllegalArgumentException notAnId) {
            // falls through to the answer that both share
        }
        throw Problem.of(ProblemKind.UNKNOWN_MEMBER, "No member of the mesh has this id; GET the mesh lists them")
                .exception();
    }
}
