package io.ticketmesh.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * What a mesh is called. All that keeps meshes apart follows from it: ids, keys, multicast groups.
 *
 * @param text 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}; upper and lower case differ
 */
public record ClusterName(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException when {@code text} has another form */
    public ClusterName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "ticketmesh.mesh.cluster must be 1 to 64 characters of A-Z a-z 0-9 . _ -, not '" + text + "'");
        }
    }

    /** 64 bits of a hash of the name: stands in every envelope and is bound into every sealed packet. */
    public long id() {
        return ByteBuffer.wrap(hash("id")).getLong();
    }

    /** 32 bytes that depend on the name and on what they are for; no secret. */
    public byte[] hash(String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("ticketmesh " + purpose + "\0" + text).getBytes(StandardCharsets.UTF_8));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
