package io.ticketmesh.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of one connection: records sealed with AES-256-GCM under a key of its own, numbered without gap, so that none
 * can be left out, repeated or moved. A number is used once, because the key is made for the connection. Not thread-safe.
 */
public final class RecordSeal {
    /** By how many bytes a sealed record is longer than what is in it. */
    public static final int OVERHEAD = 16;

    private final SecretKey key;
    private final Cipher cipher = Seal.newCipher();
    private long number;

    /** @param key 32 bytes that no other connection and no other direction has */
    public RecordSeal(byte[] key) {
        if (key.length != SealKey.BYTES) {
            throw new IllegalArgumentException("A key has " + SealKey.BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Writes the sealed record into {@code target}; returns its length. */
    public int seal(byte[] bytes, int offset, int length, byte[] target, int at) {
        try {
            return next(Cipher.ENCRYPT_MODE).doFinal(bytes, offset, length, target, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A fresh number and enough room always seal", e);
        }
    }

    /**
     * Opens the next record into {@code target}, which may be {@code bytes} itself; returns the length of what was in it.
     *
     * @throws AEADBadTagException when it is not the next record of the other side; the connection is then of no more use
     */
    public int open(byte[] bytes, int offset, int length, byte[] target) throws AEADBadTagException {
        try {
            return next(Cipher.DECRYPT_MODE).doFinal(bytes, offset, length, target, 0);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A record of right length either opens or not", e);
        }
    }

    private Cipher next(int mode) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(12).putLong(4, number++).array();
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher;
    }
}
