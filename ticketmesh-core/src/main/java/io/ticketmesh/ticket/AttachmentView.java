package io.ticketmesh.ticket;

import io.ticketmesh.crdt.Trace;
import java.time.Instant;
import java.util.Comparator;

/**
 * An attachment as people read it. Ordered by the time at which it was added.
 *
 * @param file what the ticket knows of its bytes
 * @param added who added it, and when
 */
public record AttachmentView(AttachmentId id, Attachment file, Trace added) implements Comparable<AttachmentView> {
    private static final Comparator<AttachmentView> ORDER = Comparator.<AttachmentView>comparingLong(
                    attachment -> attachment.added().atMillis())
            .thenComparing(AttachmentView::id);

    /** A name without a path; at most 255 characters. */
    public String name() {
        return file.name();
    }

    /** In bytes. */
    public long size() {
        return file.size();
    }

    /** What its content is, like {@code image/png}. */
    public String mediaType() {
        return file.mediaType();
    }

    public ContentHash hash() {
        return file.hash();
    }

    public String addedBy() {
        return added.actor();
    }

    public Instant addedAt() {
        return Instant.ofEpochMilli(added.atMillis());
    }

    @Override
    public int compareTo(AttachmentView other) {
        return ORDER.compare(this, other);
    }
}
