package io.ticketmesh.spring.actuate;

import io.ticketmesh.TicketMesh;
import io.ticketmesh.attachment.AttachmentStatistics;
import java.util.function.ToDoubleFunction;

/** The meters {@code ticketmesh.attachments.*}. */
final class AttachmentMeters {
    private AttachmentMeters() {}

    static void bindTo(Meters meters) {
        meters.gauge(
                "ticketmesh.attachments.kept",
                "Attachments of tickets whose bytes are here",
                of(AttachmentStatistics::kept));
        meters.gauge("ticketmesh.attachments.kept.bytes", "Bytes that those have", of(AttachmentStatistics::keptBytes));
        meters.gauge(
                "ticketmesh.attachments.missing",
                "Attachments of tickets whose bytes are not here",
                of(AttachmentStatistics::missing));
        meters.counter(
                "ticketmesh.attachments.stored",
                "Attachments whose bytes this node took",
                of(AttachmentStatistics::stored));
        meters.counter(
                "ticketmesh.attachments.stored.bytes", "Bytes that those had", of(AttachmentStatistics::storedBytes));
        meters.counter(
                "ticketmesh.attachments.failed",
                "Attachments that could not be taken because the disk is full or failed",
                of(AttachmentStatistics::failed));
        meters.counter(
                "ticketmesh.attachments.fetched",
                "Attachments whose bytes came from other nodes",
                of(AttachmentStatistics::fetched));
        meters.counter(
                "ticketmesh.attachments.fetches.failed",
                "Fetches that were given up, because no node has the bytes or they could not be kept",
                of(AttachmentStatistics::fetchesFailed));
        meters.counter(
                "ticketmesh.attachments.checked",
                "Attachments that were read to see whether they are what they were",
                of(AttachmentStatistics::checked));
        meters.counter(
                "ticketmesh.attachments.damaged",
                "Attachments that had changed on the disk and were let go of",
                of(AttachmentStatistics::damaged));
    }

    private static ToDoubleFunction<TicketMesh> of(ToDoubleFunction<AttachmentStatistics> value) {
        return mesh -> value.applyAsDouble(mesh.attachments().statistics());
    }
}
