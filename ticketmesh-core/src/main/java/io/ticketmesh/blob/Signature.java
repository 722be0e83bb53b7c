package io.ticketmesh.blob;

import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a media type begin.
 *
 * @param offset where the bytes stand
 */
record Signature(String mediaType, int offset, byte[] bytes) {
    /** @param characters one byte each */
    static Signature of(String mediaType, int offset, String characters) {
        return new Signature(mediaType, offset, characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean matches(byte[] head, int length) {
        if (length < offset + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (head[offset + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
