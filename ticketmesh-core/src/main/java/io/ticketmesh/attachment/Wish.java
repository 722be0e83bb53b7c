package io.ticketmesh.attachment;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a ticket refers to and that are not here.
 *
 * @param from who is asked first; null for anybody
 * @param untilMillis until when somebody waits for them, by the clock of {@link Fetching}; 0 when nobody does
 */
record Wish(ContentHash hash, long size, @Nullable Origin from, long untilMillis) {
    /** One for which nobody waits. */
    static Wish of(Attachment attachment, @Nullable Origin from) {
        return new Wish(attachment.hash(), attachment.size(), from, 0);
    }

    boolean isAwaited() {
        return untilMillis > 0;
    }
}
