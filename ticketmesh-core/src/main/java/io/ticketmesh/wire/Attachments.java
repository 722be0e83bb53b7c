package io.ticketmesh.wire;

import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.ContentHash;

/** The form of what a ticket knows of attached bytes. */
final class Attachments {
    private Attachments() {}

    static void writeId(WireOutput output, AttachmentId id) {
        output.writeLong(id.high());
        output.writeLong(id.low());
    }

    static AttachmentId readId(WireInput input) {
        return new AttachmentId(input.readLong(), input.readLong());
    }

    static void write(WireOutput output, Attachment attachment) {
        ContentHash hash = attachment.hash();
        output.writeLong(hash.first());
        output.writeLong(hash.second());
        output.writeLong(hash.third());
        output.writeLong(hash.fourth());
        output.unsigned(attachment.size());
        output.text(attachment.name());
        output.text(attachment.mediaType());
    }

    static Attachment read(WireInput input) {
        ContentHash hash = new ContentHash(input.readLong(), input.readLong(), input.readLong(), input.readLong());
        long size = input.unsigned();
        return new Attachment(input.text(), size, hash, input.text());
    }
}
