package io.ticketmesh.json;

import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.LinkType;
import io.ticketmesh.ticket.Priority;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.Workflow;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.AddLink;
import io.ticketmesh.ticket.change.AddTag;
import io.ticketmesh.ticket.change.AddWatcher;
import io.ticketmesh.ticket.change.SetCustomField;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.ticket.change.SetExternalId;
import io.ticketmesh.ticket.change.SetQueue;
import io.ticketmesh.ticket.change.SetTitle;

/** What a client must know to fill in forms, in JSON: the workflow, the names that fields can take, and the limits. */
public final class MetaJson {
    private MetaJson() {}

    /**
     * Writes the object's members into an object that was begun already, so that the caller can add to them.
     *
     * @param version of the software
     */
    public static void writeMembers(JsonWriter json, Workflow workflow, String version) {
        json.member("version", version).startObject("workflow").startArray("states");
        for (Status status : workflow.states()) {
            json.startObject()
                    .member("name", status.name())
                    .member("category", workflow.category(status).label())
                    .member("initial", workflow.initial().contains(status))
                    .member(
                            "transitions",
                            workflow.allowedFrom(status).stream()
                                    .map(Status::name)
                                    .toList())
                    .endObject();
        }
        json.endArray()
                .member("resolutions", workflow.resolutions())
                .member("types", workflow.types())
                .endObject();
        json.startArray("priorities");
        for (Priority priority : Priority.ALL) {
            json.startObject()
                    .member("name", priority.name())
                    .member("rank", priority.rank())
                    .endObject();
        }
        json.endArray().startArray("linkTypes");
        for (LinkType type : LinkType.ALL) {
            json.startObject()
                    .member("name", type.name())
                    .member("inverse", type.inverse())
                    .endObject();
        }
        json.endArray().startArray("commentKinds");
        for (CommentKind kind : CommentKind.values()) {
            json.value(kind.label());
        }
        json.endArray().name("limits");
        writeLimits(json);
    }

    private static void writeLimits(JsonWriter json) {
        json.startObject()
                .member("titleChars", SetTitle.MAX_CHARS)
                .member("descriptionChars", SetDescription.MAX_CHARS)
                .member("commentChars", AddComment.MAX_CHARS)
                .member("comments", AddComment.MAX_COMMENTS)
                .member("queueChars", SetQueue.MAX_CHARS)
                .member("principalChars", AddWatcher.MAX_CHARS)
                .member("tagChars", AddTag.MAX_CHARS)
                .member("tags", AddTag.MAX_TAGS)
                .member("watchers", AddWatcher.MAX_WATCHERS)
                .member("links", AddLink.MAX_LINKS)
                .member("attachments", AddAttachment.MAX_ATTACHMENTS)
                .member("attachmentNameChars", Attachment.MAX_NAME_CHARS)
                .member("customFields", SetCustomField.MAX_FIELDS)
                .member("customFieldChars", SetCustomField.MAX_CHARS)
                .member("customFieldTexts", SetCustomField.MAX_TEXTS)
                .member("externalIdChars", SetExternalId.MAX_CHARS)
                .member("pageSize", TicketQuery.MAX_LIMIT)
                .endObject();
    }
}
