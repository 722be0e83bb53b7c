package io.ticketmesh.ticket;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names bytes by what they are: the whole SHA-256 (FIPS 180-4), so that nobody can make others of the same name. Ordered as an
 * unsigned number.
 *
 * @param first bytes 1 to 8, the first one highest
 * @param second bytes 9 to 16
 * @param third bytes 17 to 24
 * @param fourth bytes 25 to 32
 */
public record ContentHash(long first, long second, long third, long fourth) implements Comparable<ContentHash> {
    /** Of a hash. */
    public static final int BYTES = 32;

    private static final HexFormat HEX = HexFormat.of();

    /**
     * @param hash as SHA-256 gives it
     * @throws IllegalArgumentException when it has not 32 bytes
     */
    public static ContentHash of(byte[] hash) {
        if (hash.length != BYTES) {
            throw new IllegalArgumentException("A SHA-256 has " + BYTES + " bytes, not " + hash.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new ContentHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /**
     * Reads 64 hexadecimal digits of either case.
     *
     * @throws IllegalArgumentException when {@code text} is something else
     */
    public static ContentHash parse(String text) {
        return of(HEX.parseHex(text));
    }

    @Override
    public int compareTo(ContentHash other) {
        int byFirst = Long.compareUnsigned(first, other.first);
        int bySecond = byFirst != 0 ? byFirst : Long.compareUnsigned(second, other.second);
        int byThird = bySecond != 0 ? bySecond : Long.compareUnsigned(third, other.third);
        return byThird != 0 ? byThird : Long.compareUnsigned(fourth, other.fourth);
    }

    /** 64 hexadecimal digits in lower case. */
    @Override
    public String toString() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes).putLong(first).putLong(second).putLong(third).putLong(fourth);
        return HEX.formatHex(bytes);
    }
}
