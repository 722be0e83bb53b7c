package io.ticketmesh.spring.rest;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.Member;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.cluster.Movement;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.registry.Instance;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.transport.TransportStatus;
import java.time.Instant;
import java.util.Locale;

/** How the mesh is, as this node sees it. */
final class MeshJson {
    private MeshJson() {}

    static void write(JsonWriter json, TicketMesh node) {
        MeshStatus mesh = node.status();
        json.startObject();
        writeNode(json, node, mesh);
        json.startArray("members");
        mesh.members().forEach(member -> writeMember(json, member));
        json.endArray().member("active", mesh.active()).member("catchingUp", mesh.catchingUp());
        CatchUp last = mesh.lastCatchUp();
        if (last != null) {
            json.startObject("lastCatchUp")
                    .member("tookMillis", last.tookMillis())
                    .member("endedMillisAgo", last.endedMillisAgo())
                    .endObject();
        }
        json.startObject("version");
        node.version().forEach((origin, sequence) -> json.member(origin.toString(), sequence));
        json.endObject();
        writeMovements(json, mesh, Instant.ofEpochMilli(node.service().nowMillis()));
        node.registry().ifPresent(registry -> writeRegistry(json, registry));
        writeStatistics(json, node.statistics());
        writeNetwork(json, node.network());
        json.endObject();
    }

    private static void writeNode(JsonWriter json, TicketMesh node, MeshStatus mesh) {
        String name = mesh.members().stream()
                .filter(MemberStatus::self)
                .map(status -> status.member().name())
                .findFirst()
                .orElse("");
        json.startObject("node")
                .member("id", node.nodeId().toString())
                .member("name", nameOf(name, node.nodeId().shortName()))
                .member("origin", mesh.self().toString())
                .member("writable", node.refusal() == null)
                .member("waitingWrites", node.waitingWrites())
                .member("droppedMessages", node.droppedMessages())
                .endObject();
    }

    private static void writeMember(JsonWriter json, MemberStatus status) {
        long heardAt = status.member().heardAtMillis();
        json.startObject()
                .member("id", status.member().node().toString())
                .member(
                        "name",
                        nameOf(status.member().name(), status.member().node().shortName()))
                .member("self", status.self())
                .member("active", status.active())
                .member("reachable", status.reachable())
                .optional(
                        "origin",
                        status.origin() == null ? null : status.origin().toString())
                .optional("silentMillis", status.silentMillis())
                .optional("heardAt", heardAt == 0 ? null : Instant.ofEpochMilli(heardAt))
                .member("wire", status.member().wire())
                .member("behind", status.behind())
                .member("ahead", status.ahead())
                .optional("driftMillis", status.driftMillis())
                .endObject();
    }

    /** Who came and who went of late, the oldest first. */
    private static void writeMovements(JsonWriter json, MeshStatus mesh, Instant now) {
        json.startArray("movements");
        for (Movement movement : mesh.movements()) {
            String name = mesh.members().stream()
                    .map(MemberStatus::member)
                    .filter(member -> member.node().equals(movement.node()))
                    .map(Member::name)
                    .findFirst()
                    .orElse("");
            json.startObject()
                    .member("id", movement.node().toString())
                    .member("name", nameOf(name, movement.node().shortName()))
                    .member("kind", movement.kind().text())
                    .member("at", now.minusMillis(movement.millisAgo()))
                    .endObject();
        }
        json.endArray();
    }

    private static void writeRegistry(JsonWriter json, RegistryStatus registry) {
        json.startObject("registry")
                .member("address", registry.address())
                .member("port", registry.port())
                .member("instances", registry.instances())
                .startArray("listed");
        for (RegistryStatus.Listed listed : registry.listed()) {
            Instance instance = listed.instance();
            json.startObject()
                    .member("id", instance.node().toString())
                    .optional(
                            "http",
                            instance.http() == null ? null : instance.http().toString())
                    .member("state", instance.state().name().toLowerCase(Locale.ROOT))
                    .member("zone", instance.zone())
                    .member("late", listed.late())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void writeNetwork(JsonWriter json, TransportStatus network) {
        json.startObject("network")
                .member("kind", network.kind())
                .optional("address", network.address().isEmpty() ? null : network.address())
                .member("port", network.port())
                .member("membersInGroup", network.members())
                .member("packetsRejected", network.packetsRejected())
                .member("packetsReplayed", network.packetsReplayed())
                .member("messagesUnreadable", network.messagesUnreadable())
                .member("messagesDropped", network.messagesDropped())
                .member("queueBytes", network.queueBytes())
                .endObject();
    }

    /** A member without a name is called by the beginning of its id, as in the log. */
    static String nameOf(String name, String shortName) {
        return name.isEmpty() ? shortName : name;
    }

    private static void writeStatistics(JsonWriter json, ReplicaStatistics statistics) {
        json.startObject("statistics")
                .member("duplicates", statistics.duplicates())
                .member("droppedAsPurged", statistics.droppedAsPurged())
                .member("early", statistics.early())
                .member("leadsRefused", statistics.leadsRefused())
                .member("largestLeadMillis", statistics.largestLeadMillis())
                .endObject();
    }
}
