package io.ticketmesh.ticket;

import io.ticketmesh.causality.Sha256;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Identifies a ticket in the whole mesh: a UUID of RFC 9562, version 7 as a rule, version 8 when derived from a key. Ordered as
 * an unsigned number.
 */
public record TicketId(long high, long low) implements Comparable<TicketId> {
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /**
     * A new id of version 7, which sorts by time.
     *
     * @param millis milliseconds since 1970
     * @param randomHigh 12 of its bits are used
     * @param randomLow 62 of its bits are used
     */
    public static TicketId timeOrdered(long millis, long randomHigh, long randomLow) {
        return new TicketId((millis << 16) | 0x7000 | (randomHigh & 0xFFF), VARIANT | (randomLow & ~(3L << 62)));
    }

    /** The id of version 8 that {@code key} of {@code principal} always gives within {@code scope}, on every node. */
    public static TicketId derived(String scope, String principal, String key) {
        Sha256 hash = Sha256.ofNames(scope, principal, key);
        return new TicketId((hash.high() & ~0xF000L) | 0x8000L, VARIANT | (hash.low() & ~(3L << 62)));
    }

    public static TicketId of(UUID uuid) {
        return new TicketId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /**
     * Reads a UUID of 36 characters.
     *
     * @throws IllegalArgumentException when {@code text} is none
     */
    public static TicketId parse(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("Not a UUID of 36 characters: '" + text + "'");
        }
        return of(UUID.fromString(text));
    }

    public UUID uuid() {
        return new UUID(high, low);
    }

    /** The short name for people. */
    public TicketKey key() {
        byte[] id = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        return TicketKey.of(Sha256.of(id).high() >>> 24);
    }

    @Override
    public int compareTo(TicketId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return uuid().toString();
    }
}
