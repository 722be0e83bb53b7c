package io.ticketmesh.store.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * CRC32C of bytes at their place: the identity of the directory and the position count too. So bytes that are right,
 * but of another log or at another position, are wrong; and text in a ticket cannot pose as a frame, since its author
 * knows neither.
 */
final class Checksum {
    private static final int SEED_BYTES = 24;

    private final UUID identity;

    Checksum(UUID identity) {
        this.identity = identity;
    }

    /** A checksum that has begun with the identity and this position. */
    CRC32C at(long position) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(SEED_BYTES)
                .putLong(identity.getMostSignificantBits())
                .putLong(identity.getLeastSignificantBits())
                .putLong(position)
                .flip());
        return crc;
    }
}
