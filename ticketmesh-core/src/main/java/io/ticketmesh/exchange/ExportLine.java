package io.ticketmesh.exchange;

import io.ticketmesh.json.CommentJson;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.TicketJson;
import io.ticketmesh.ticket.CommentView;
import io.ticketmesh.ticket.StatusStep;
import io.ticketmesh.ticket.TicketView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes one ticket as a line of the export: what can be restored elsewhere, and nothing that depends on the reader or the time. */
final class ExportLine {
    private static final TicketJson FIELDS = TicketJson.at(Instant.EPOCH)
            .only(List.of(
                    "id",
                    "key",
                    "type",
                    "title",
                    "description",
                    "status",
                    "resolution",
                    "pendingUntil",
                    "priority",
                    "queue",
                    "createdBy",
                    "reporter",
                    "assignee",
                    "tags",
                    "watchers",
                    "customFields",
                    "links",
                    "attachments",
                    "dueAt",
                    "dueDate",
                    "occurrences",
                    "deleted",
                    "externalId",
                    "createdAt",
                    "updatedAt"));

    private ExportLine() {}

    static void write(JsonWriter json, TicketView ticket, List<CommentView> comments) {
        json.startObject();
        FIELDS.writeMembers(json, ticket);
        // The merge as it was written: in a circle of merges the view of one of the tickets leaves it out.
        json.member(
                "mergedInto",
                TicketJson.reference(
                        ticket.state().mergedInto().or(Optional.empty()).orElse(null)));
        json.startArray("trail");
        for (StatusStep step : ticket.trail()) {
            json.startObject()
                    .member("status", step.value().status().name())
                    .member("resolution", step.value().resolution())
                    .member("pendingUntil", step.value().pendingUntil())
                    .member("by", step.actor())
                    .member("at", Instant.ofEpochMilli(step.atMillis()))
                    .endObject();
        }
        json.endArray().startArray("comments");
        comments.forEach(comment -> CommentJson.write(json, comment));
        json.endArray().endObject();
    }
}
