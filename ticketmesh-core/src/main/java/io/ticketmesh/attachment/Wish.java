package io.ticketmesh.attachment;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a ticket refers to and that are not here.
 *
 * @param from who is asked first; null for anybody
 * @param awaited whether somebody waits for them
 */
record Wish(ContentHash hash, long size, @Nullable Origin from, boolean awaited) {
    static Wish of(Attachment attachment, @Nullable Origin from, boolean awaited) {
        return new Wish(attachment.hash(), attachment.size(), from, awaited);
    }
}
