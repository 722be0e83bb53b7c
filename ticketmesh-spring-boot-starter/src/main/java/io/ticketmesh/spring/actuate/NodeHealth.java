package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.attachment.AttachmentStatistics;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.webhook.WebhookStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a node is, without the words of any framework. It is up when it can read and, unless it was told not to, write locally; the mesh
 * is detail, because a node that is cut off serves all the same.
 *
 * @param up false when the disk or the replica failed, or the node is closed
 */
record NodeHealth(boolean up, Map<String, Object> details) {
    NodeHealth {
        details = new LinkedHashMap<>(details);
    }

    static NodeHealth of(TicketMesh node) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("node", node.nodeId().toString());
        try {
            ReadOnlyException refusal = node.refusal();
            details.put("tickets", node.service().counts().living());
            details.put("writable", refusal == null);
            if (refusal != null) {
                details.put("refusal", String.valueOf(refusal.getMessage()));
            }
            addMesh(details, node.status());
            addHints(details, node);
            return new NodeHealth(refusal == null || refusal.chosen(), details);
        } catch (RuntimeException unreadable) {
            details.put("error", unreadable.toString());
            return new NodeHealth(false, details);
        }
    }

    /** What somebody should look at although the node serves; nothing when there is nothing. */
    private static void addHints(Map<String, Object> details, TicketMesh node) {
        AttachmentStatistics attachments = node.attachments().statistics();
        WebhookStatistics webhooks = node.webhooks().statistics();
        addHint(details, "attachmentsMissing", attachments.missing());
        addHint(details, "attachmentsDamaged", attachments.damaged());
        addHint(details, "webhooksStopped", webhooks.stopped());
        addHint(details, "webhookMessagesWaiting", webhooks.waiting());
    }

    private static void addHint(Map<String, Object> details, String name, long count) {
        if (count > 0) {
            details.put(name, count);
        }
    }

    private static void addMesh(Map<String, Object> details, MeshStatus mesh) {
        List<MemberStatus> others =
                mesh.members().stream().filter(member -> !member.self()).toList();
        details.put("members", mesh.active());
        details.put("reachable", others.stream().filter(MemberStatus::reachable).count());
        details.put(
                "behind", others.stream().mapToLong(MemberStatus::behind).max().orElse(0));
        details.put(
                "ahead", others.stream().mapToLong(MemberStatus::ahead).max().orElse(0));
        details.put("catchingUp", mesh.catchingUp());
        long copies = others.stream()
                .filter(other -> other.member().node().equals(mesh.self().node()))
                .count();
        if (copies > 0) {
            details.put("copiesOfThisNode", copies);
        }
    }
}
