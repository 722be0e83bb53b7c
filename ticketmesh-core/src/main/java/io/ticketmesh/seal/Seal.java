package io.ticketmesh.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals packets with AES-256-GCM and opens those of others. Thread-safe; none of its calls waits.
 *
 * <p>A sealed packet is: version (1 byte), key id (4), nonce (12), ciphertext, tag (16), which makes it {@value #OVERHEAD} bytes
 * longer. Version, key id and the id of the cluster are bound to it as associated data.
 *
 * <p><b>A nonce is never used twice with one key.</b> It is a <i>stream</i>, 64 random bits taken when this object is made, and
 * a counter of 32 bits that one lock hands out. After 2³² packets a new stream is taken. Two streams are equal with a
 * probability of 2⁻⁶⁴, so after a million starts of nodes with the same secret with one of 2⁻²⁵. (Had the nonce 32 random bits
 * and 64 of counter, some two of a hundred thousand starts would likely be equal, and their first packets share nonces.)
 *
 * <p><b>A packet opens once.</b> The last {@value ReplayWindow#SIZE} counters of the last {@value ReplayWindows#MAX_STREAMS}
 * streams are remembered; what was opened, or is older, does not open again. A recording can still be played to a node that was
 * started after it was made. That changes nothing: its operations are known or will be, and what JGroups reads in it is
 * addressed to runs of members that have ended.
 */
public final class Seal {
    /** By how many bytes a sealed packet is longer than what is in it. */
    public static final int OVERHEAD = 33;

    private static final byte VERSION = 1;
    private static final int KEY_ID_AT = 1;
    private static final int NONCE_AT = 5;
    private static final int NONCE_BYTES = 12;
    private static final int CIPHERTEXT_AT = 17;
    private static final int TAG_BITS = 128;
    private static final int BOUND_BYTES = Long.BYTES + NONCE_AT;
    private static final long LAST_COUNTER = 0xFFFF_FFFFL;

    private final long clusterId;
    private final SealKey sealing;
    private final @Nullable SealKey alsoAccepted;
    private final SecretKey sealingKey;
    private final @Nullable SecretKey alsoAcceptedKey;
    private final SecureRandom random = new SecureRandom();
    private final ReplayWindows windows = new ReplayWindows();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    /** Of this object, so that the ciphers go when it goes. */
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Seal::newCipher);

    private long stream;
    private long counter;

    /**
     * @param sealing seals, and opens
     * @param alsoAccepted opens too, while a secret is being exchanged; null for none
     */
    public Seal(ClusterName cluster, SealKey sealing, @Nullable SealKey alsoAccepted) {
        this.clusterId = cluster.id();
        this.sealing = sealing;
        this.alsoAccepted = alsoAccepted;
        this.sealingKey = sealing.forAes();
        this.alsoAcceptedKey = alsoAccepted == null ? null : alsoAccepted.forAes();
        this.stream = random.nextLong();
    }

    /** A new array with the sealed bytes; {@code bytes} is only read. */
    public byte[] seal(byte[] bytes, int offset, int length) {
        byte[] packet = new byte[OVERHEAD + length];
        ByteBuffer header = ByteBuffer.wrap(packet).put(VERSION).putInt(sealing.id());
        takeNonce(header);
        try {
            Cipher cipher = prepared(Cipher.ENCRYPT_MODE, sealingKey, packet, 0);
            cipher.doFinal(bytes, offset, length, packet, CIPHERTEXT_AT);
            return packet;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A fresh nonce and enough room always seal", e);
        }
    }

    /**
     * What is in a packet, in a new array; null, counted, for anything that this cluster's members did not seal, or that was
     * opened before. Nothing but that array depends on the packet, and it is not longer than the packet.
     */
    public byte @Nullable [] open(byte[] bytes, int offset, int length) {
        SealKey key = keyOf(bytes, offset, length);
        if (key == null) {
            rejected.increment();
            return null;
        }
        long from = streamOf(bytes, offset);
        long number = counterOf(bytes, offset);
        if (!windows.isFresh(from, number)) {
            replayed.increment();
            return null;
        }
        byte[] opened;
        try {
            SecretKey secretKey = key == sealing ? sealingKey : alsoAcceptedKey;
            Cipher cipher = prepared(Cipher.DECRYPT_MODE, secretKey, bytes, offset);
            opened = cipher.doFinal(bytes, offset + CIPHERTEXT_AT, length - CIPHERTEXT_AT);
        } catch (GeneralSecurityException e) {
            rejected.increment();
            return null;
        }
        if (!windows.mark(from, number)) {
            replayed.increment();
            return null;
        }
        return opened;
    }

    /** Which of the keys the packet names; null when it names none of them, or is no packet. Proves nothing. */
    public @Nullable SealKey keyOf(byte[] bytes, int offset, int length) {
        if (length < OVERHEAD || bytes[offset] != VERSION) {
            return null;
        }
        int id = ByteBuffer.wrap(bytes).getInt(offset + KEY_ID_AT);
        if (id == sealing.id()) {
            return sealing;
        }
        return alsoAccepted != null && id == alsoAccepted.id() ? alsoAccepted : null;
    }

    /** Whether the packet claims to be one that this object sealed, and came back. Proves nothing. */
    public synchronized boolean isOwn(byte[] bytes, int offset, int length) {
        return length >= OVERHEAD && streamOf(bytes, offset) == stream;
    }

    /** The key that seals. */
    public SealKey sealing() {
        return sealing;
    }

    /** How many packets did not open: other secrets, strangers, damage. */
    public long rejected() {
        return rejected.sum();
    }

    /** How many packets were not opened because they had been, or were too old to tell. */
    public long replayed() {
        return replayed.sum();
    }

    private synchronized void takeNonce(ByteBuffer packet) {
        if (counter > LAST_COUNTER) {
            stream = random.nextLong();
            counter = 0;
        }
        packet.putLong(stream).putInt((int) counter++);
    }

    /** The header of a packet is in {@code packet} at {@code offset}; it is bound, and its nonce used. */
    private Cipher prepared(int mode, @Nullable SecretKey key, byte[] packet, int offset)
            throws GeneralSecurityException {
        Cipher cipher = ciphers.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, packet, offset + NONCE_AT, NONCE_BYTES));
        cipher.updateAAD(ByteBuffer.allocate(BOUND_BYTES)
                .putLong(clusterId)
                .put(packet, offset, NONCE_AT)
                .array());
        return cipher;
    }

    private static long streamOf(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset + NONCE_AT);
    }

    private static long counterOf(byte[] bytes, int offset) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(offset + NONCE_AT + Long.BYTES));
    }

    static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES/GCM", e);
        }
    }
}
