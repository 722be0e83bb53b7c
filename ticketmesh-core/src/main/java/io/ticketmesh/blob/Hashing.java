package io.ticketmesh.blob;

import io.ticketmesh.ticket.ContentHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The hash of bytes that come one after the other. For one thread. */
final class Hashing {
    private final MessageDigest digest = newDigest();
    private @Nullable ContentHash result;

    void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** Of all that was added; nothing can be added any more. */
    ContentHash hash() {
        ContentHash known = result;
        if (known == null) {
            known = ContentHash.of(digest.digest());
            result = known;
        }
        return known;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
