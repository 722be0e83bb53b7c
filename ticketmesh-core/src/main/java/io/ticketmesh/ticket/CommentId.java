package io.ticketmesh.ticket;

import java.util.UUID;

/** Identifies a comment in the whole mesh: a UUID made like a {@link TicketId}. Ordered as an unsigned number. */
public record CommentId(long high, long low) implements Comparable<CommentId> {
    public static CommentId of(UUID uuid) {
        return new CommentId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** A new id of version 7; see {@link TicketId#timeOrdered}. */
    public static CommentId timeOrdered(long millis, long randomHigh, long randomLow) {
        return of(TicketId.timeOrdered(millis, randomHigh, randomLow).uuid());
    }

    /** The id that {@code key} of {@code principal} always gives within {@code scope}; see {@link TicketId#derived}. */
    public static CommentId derived(String scope, String principal, String key) {
        return of(TicketId.derived(scope, principal, key).uuid());
    }

    /**
     * Reads a UUID of 36 characters.
     *
     * @throws IllegalArgumentException when {@code text} is none
     */
    public static CommentId parse(String text) {
        return of(TicketId.parse(text).uuid());
    }

    public UUID uuid() {
        return new UUID(high, low);
    }

    @Override
    public int compareTo(CommentId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return uuid().toString();
    }
}
