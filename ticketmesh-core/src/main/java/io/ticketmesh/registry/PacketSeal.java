package io.ticketmesh.registry;

import io.ticketmesh.seal.Hmac;
import io.ticketmesh.seal.SealKey;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the end of a datagram and shows that it is whole: with a secret 128 bits of HMAC-SHA256, which nobody else can
 * make; without one a CRC32C. Owned by one thread.
 */
abstract class PacketSeal {
    /** With a secret, which may be in exchange for another one. */
    static PacketSeal of(@Nullable SealKey key, @Nullable SealKey previous) {
        return key == null ? new Checksum() : new Keyed(key, previous);
    }

    /** How many bytes it has. */
    abstract int bytes();

    /** Names the key that is used; 0 without one. */
    abstract int key();

    /** Whether a key of that name is known. */
    abstract boolean knows(int key);

    /** Writes it behind the first {@code length} bytes. */
    abstract void put(byte[] datagram, int length);

    /** Whether it stands behind the first {@code length} bytes. */
    abstract boolean isAt(byte[] datagram, int length, int key);

    private static final class Keyed extends PacketSeal {
        private static final int BYTES = 16;

        private final int key;
        private final int previousKey;
        private final Mac mac;
        private final Mac previousMac;

        Keyed(SealKey key, @Nullable SealKey previous) {
            this.key = key.id();
            this.mac = Hmac.of(key.bytes());
            this.previousKey = previous == null ? key.id() : previous.id();
            this.previousMac = previous == null ? mac : Hmac.of(previous.bytes());
        }

        @Override
        int bytes() {
            return BYTES;
        }

        @Override
        int key() {
            return key;
        }

        @Override
        boolean knows(int key) {
            return key == this.key || key == previousKey;
        }

        @Override
        void put(byte[] datagram, int length) {
            System.arraycopy(code(mac, datagram, length), 0, datagram, length, BYTES);
        }

        @Override
        boolean isAt(byte[] datagram, int length, int key) {
            byte[] expected = Arrays.copyOf(code(key == this.key ? mac : previousMac, datagram, length), BYTES);
            return MessageDigest.isEqual(expected, Arrays.copyOfRange(datagram, length, length + BYTES));
        }

        private static byte[] code(Mac mac, byte[] datagram, int length) {
            mac.update(datagram, 0, length);
            return mac.doFinal();
        }
    }

    private static final class Checksum extends PacketSeal {
        private final CRC32C crc = new CRC32C();

        @Override
        int bytes() {
            return Integer.BYTES;
        }

        @Override
        int key() {
            return 0;
        }

        @Override
        boolean knows(int key) {
            return key == 0;
        }

        @Override
        void put(byte[] datagram, int length) {
            ByteBuffer.wrap(datagram).putInt(length, of(datagram, length));
        }

        @Override
        boolean isAt(byte[] datagram, int length, int key) {
            return ByteBuffer.wrap(datagram).getInt(length) == of(datagram, length);
        }

        private int of(byte[] datagram, int length) {
            crc.reset();
            crc.update(datagram, 0, length);
            return (int) crc.getValue();
        }
    }
}
