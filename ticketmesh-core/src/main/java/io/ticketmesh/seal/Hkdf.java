package io.ticketmesh.seal;

import java.util.Arrays;
import javax.crypto.Mac;

/** Keys from a secret that is none: extract and expand with HMAC-SHA256, as RFC 5869 says. */
final class Hkdf {
    private static final int HASH_BYTES = 32;
    private static final int MAX_BYTES = 255 * HASH_BYTES;

    private Hkdf() {}

    static byte[] extract(byte[] salt, byte[] secret) {
        return Hmac.of(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
    }

    static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
        if (length < 1 || length > MAX_BYTES) {
            throw new IllegalArgumentException("HKDF gives 1 to " + MAX_BYTES + " bytes, not " + length);
        }
        Mac mac = Hmac.of(pseudoRandomKey);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        int filled = 0;
        for (int round = 1; filled < length; round++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) round);
            block = mac.doFinal();
            int part = Math.min(block.length, length - filled);
            System.arraycopy(block, 0, output, filled, part);
            filled += part;
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
