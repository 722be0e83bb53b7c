package io.ticketmesh.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits for one purpose, and an id that says which key a packet was sealed with. Immutable. */
public final class SealKey {
    static final int BYTES = 32;

    private final int id;
    private final byte[] bytes;

    SealKey(int id, byte[] bytes) {
        this.id = id;
        this.bytes = bytes.clone();
    }

    /** Chooses the key at opening. It is derived beside the key, and tells nothing about it. */
    public int id() {
        return id;
    }

    /** A copy of the 32 bytes, for a purpose that seals by other means. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Further key bytes, for one purpose and context; equal for all who have this key. */
    public byte[] derive(String purpose, byte[] context, int length) {
        byte[] words = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] info = ByteBuffer.allocate(words.length + 1 + context.length)
                .put(words)
                .put((byte) 0)
                .put(context)
                .array();
        return Hkdf.expand(bytes, info, length);
    }

    SecretKey forAes() {
        return new SecretKeySpec(bytes, "AES");
    }

    @Override
    public String toString() {
        return "key " + Integer.toHexString(id);
    }
}
