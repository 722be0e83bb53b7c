package io.ticketmesh.attachment;

import io.ticketmesh.blob.Blob;
import io.ticketmesh.ticket.Attachment;

/**
 * Bytes that are kept here and do not belong to a ticket yet. If that does not happen within an hour they may be deleted.
 *
 * @param mediaType what they are, by their content
 */
public record StoredBytes(Blob blob, String mediaType) {
    /** As an attachment of that name, whatever path stands before it. */
    public Attachment named(String name) {
        return new Attachment(AttachmentName.of(name), blob.size(), blob.hash(), mediaType);
    }
}
