package io.ticketmesh.ticket;

import java.util.UUID;

/** Identifies an attachment in the whole mesh: a UUID made like a {@link TicketId}. Ordered as an unsigned number. */
public record AttachmentId(long high, long low) implements Comparable<AttachmentId> {
    public static AttachmentId of(UUID uuid) {
        return new AttachmentId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** A new id of version 7; see {@link TicketId#timeOrdered}. */
    public static AttachmentId timeOrdered(long millis, long randomHigh, long randomLow) {
        return of(TicketId.timeOrdered(millis, randomHigh, randomLow).uuid());
    }

    /** The id that {@code key} of {@code principal} always gives within {@code scope}; see {@link TicketId#derived}. */
    public static AttachmentId derived(String scope, String principal, String key) {
        return of(TicketId.derived(scope, principal, key).uuid());
    }

    /**
     * Reads a UUID of 36 characters.
     *
     * @throws IllegalArgumentException when {@code text} is none
     */
    public static AttachmentId parse(String text) {
        return of(TicketId.parse(text).uuid());
    }

    public UUID uuid() {
        return new UUID(high, low);
    }

    @Override
    public int compareTo(AttachmentId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return uuid().toString();
    }
}
