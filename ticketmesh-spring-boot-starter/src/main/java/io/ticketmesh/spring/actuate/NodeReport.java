package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.attachment.AttachmentStatistics;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.node.WriteStatistics;
import io.ticketmesh.registry.RegistryStatus;
import io.ticketmesh.spring.TicketMeshVersion;
import io.ticketmesh.transport.TransportStatus;
import io.ticketmesh.webhook.WebhookStatistics;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All of a node that operators ask for, as maps, lists, texts and numbers, so that it looks the same whatever writes it as JSON. */
final class NodeReport {
    private NodeReport() {}

    static Map<String, Object> of(TicketMesh node) {
        MeshStatus mesh = node.status();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("node", node(node, mesh));
        report.put("store", store(node));
        report.put("queues", queues(node));
        report.put("mesh", mesh(node, mesh));
        report.put("registry", registry(node));
        report.put("attachments", attachments(node.attachments().statistics()));
        report.put("webhooks", webhooks(node.webhooks().statistics()));
        return report;
    }

    private static Map<String, Object> node(TicketMesh node, MeshStatus mesh) {
        ReadOnlyException refusal = node.refusal();
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("id", node.nodeId().toString());
        part.put("origin", mesh.self().toString());
        part.put("version", TicketMeshVersion.text());
        part.put("writable", refusal == null);
        putIfKnown(part, "refusal", refusal == null ? null : refusal.getMessage());
        return part;
    }

    private static Map<String, Object> store(TicketMesh node) {
        Path directory = node.directory();
        WriteStatistics written = node.written();
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("kind", directory == null ? "memory" : "directory");
        putIfKnown(
                part,
                "directory",
                directory == null ? null : directory.toAbsolutePath().toString());
        part.put("tickets", node.service().counts().living());
        part.put("digest", node.digest());
        part.put("writes", written.writes());
        part.put("operations", written.operations());
        part.put("commits", written.commits());
        part.put("commitMillis", written.commitNanos() / 1_000_000);
        return part;
    }

    private static Map<String, Object> queues(TicketMesh node) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("waitingWrites", node.waitingWrites());
        part.put("droppedMessages", node.droppedMessages());
        part.put("bytesToSend", node.network().queueBytes());
        part.put("earlyOperations", node.statistics().early());
        return part;
    }

    private static Map<String, Object> mesh(TicketMesh node, MeshStatus mesh) {
        TransportStatus network = node.network();
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("network", network.kind());
        if (network.port() != 0) {
            part.put("address", network.address() + ":" + network.port());
        }
        part.put("inGroup", network.members());
        part.put("active", mesh.active());
        part.put("catchingUp", mesh.catchingUp());
        CatchUp last = mesh.lastCatchUp();
        if (last != null) {
            part.put("lastCatchUpMillis", last.tookMillis());
        }
        part.put("packetsRejected", network.packetsRejected());
        part.put("packetsReplayed", network.packetsReplayed());
        part.put("messagesUnreadable", network.messagesUnreadable());
        part.put("messagesDropped", network.messagesDropped());
        List<Map<String, Object>> members = mesh.members().stream()
                .limit(PeerMeters.MOST)
                .map(NodeReport::member)
                .toList();
        part.put("members", members);
        return part;
    }

    private static Map<String, Object> member(MemberStatus status) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("id", status.member().node().toString());
        part.put("name", status.member().name());
        part.put("self", status.self());
        part.put("active", status.active());
        part.put("reachable", status.reachable());
        part.put("behind", status.behind());
        part.put("ahead", status.ahead());
        putIfKnown(part, "silentMillis", status.silentMillis());
        putIfKnown(part, "driftMillis", status.driftMillis());
        return part;
    }

    private static Map<String, Object> registry(TicketMesh node) {
        Map<String, Object> part = new LinkedHashMap<>();
        RegistryStatus own = node.registry().orElse(null);
        part.put("own", own != null);
        if (own != null) {
            part.put("address", own.address() + ":" + own.port());
            part.put("instances", own.instances());
            part.put("packetsRejected", own.packetsRejected());
            part.put("packetsReplayed", own.packetsReplayed());
            part.put("packetsLimited", own.packetsLimited());
        }
        return part;
    }

    private static Map<String, Object> attachments(AttachmentStatistics bytes) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("kept", bytes.kept());
        part.put("keptBytes", bytes.keptBytes());
        part.put("missing", bytes.missing());
        part.put("stored", bytes.stored());
        part.put("storedBytes", bytes.storedBytes());
        part.put("failed", bytes.failed());
        part.put("fetched", bytes.fetched());
        part.put("fetchesFailed", bytes.fetchesFailed());
        part.put("checked", bytes.checked());
        part.put("damaged", bytes.damaged());
        return part;
    }

    private static Map<String, Object> webhooks(WebhookStatistics told) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("defined", told.webhooks());
        part.put("stopped", told.stopped());
        part.put("accepted", told.accepted());
        part.put("refused", told.refused());
        part.put("unanswered", told.unanswered());
        part.put("waiting", told.waiting());
        part.put("backlog", told.backlog());
        return part;
    }

    private static void putIfKnown(Map<String, Object> part, String name, @Nullable Object value) {
        if (value != null) {
            part.put(name, value);
        }
    }
}
