package io.ticketmesh.client;

import io.ticketmesh.json.AnswerForm;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.ContentHash;
import java.time.Instant;

/**
 * What a ticket knows of an attached file, as a server showed it.
 *
 * @param name without a path
 * @param size in bytes
 * @param mediaType what the content is, as the server that took it could tell
 * @param hash of the bytes
 */
public record RemoteAttachment(
        AttachmentId id, String name, long size, String mediaType, ContentHash hash, String addedBy, Instant addedAt) {
    static RemoteAttachment read(AnswerForm form) {
        return new RemoteAttachment(
                AttachmentId.of(form.uuid("id")),
                form.text("name"),
                form.number("size"),
                form.text("mediaType"),
                form.converted("sha256", ContentHash::parse),
                form.text("addedBy"),
                form.instant("addedAt"));
    }
}
