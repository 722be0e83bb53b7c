package io.ticketmesh.wire;

import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;

/** The form of what names a part of the bytes of an attachment. */
final class BlobParts {
    private BlobParts() {}

    static void writeHash(WireOutput output, int tag, ContentHash hash) {
        output.open(tag);
        output.writeLong(hash.first());
        output.writeLong(hash.second());
        output.writeLong(hash.third());
        output.writeLong(hash.fourth());
        output.closeFrame();
    }

    static ContentHash readHash(WireInput input, int tag) {
        input.openRequired(tag, "hash");
        ContentHash hash = new ContentHash(input.fixed(), input.fixed(), input.fixed(), input.fixed());
        input.closeFrame();
        return hash;
    }

    static void writePosition(WireOutput output, int tag, long position) {
        output.open(tag);
        output.unsigned(position);
        output.closeFrame();
    }

    static long readPosition(WireInput input, int tag) {
        input.openRequired(tag, "position");
        long position = input.number((int) Attachment.MAX_BYTES);
        input.closeFrame();
        return position;
    }
}
