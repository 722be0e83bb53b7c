package io.ticketmesh.store.mapdb;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The 16 bytes that all files of one directory carry, so that files of two databases are never mixed. */
final class Identity {
    static final int BYTES = 16;

    private Identity() {}

    static byte[] bytes(UUID identity) {
        return ByteBuffer.allocate(BYTES)
                .putLong(identity.getMostSignificantBits())
                .putLong(identity.getLeastSignificantBits())
                .array();
    }

    static UUID read(ByteBuffer source) {
        return new UUID(source.getLong(), source.getLong());
    }
}
