package io.ticketmesh.causality;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256 hash (FIPS 180-4): what names condense to when the same names must give the same number on every
 * node, and nobody can find two that give the same. Immutable.
 *
 * @param high bits 1 to 64, the first byte highest
 * @param low bits 65 to 128
 */
public record Sha256(long high, long low) {
    /** The hash of the bytes. */
    public static Sha256 of(byte[] bytes) {
        return of(ByteBuffer.wrap(newDigest().digest(bytes)));
    }

    /**
     * The hash of several names in their order. Each counts with its length, four bytes before its UTF-8, so that "ab", "c" differs
     * from "a", "bc".
     */
    public static Sha256 ofNames(String... names) {
        MessageDigest digest = newDigest();
        for (String name : names) {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(text.length).array());
            digest.update(text);
        }
        return of(ByteBuffer.wrap(digest.digest()));
    }

    private static Sha256 of(ByteBuffer hash) {
        return new Sha256(hash.getLong(), hash.getLong());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
