package io.ticketmesh.ticket;

import java.util.Locale;

/**
 * The short name of a ticket: {@code TM-} and 8 characters of Crockford base32, derived from its id. Among a million tickets two
 * share a key with a probability of about one third; references that are not unique are answered with their candidates.
 *
 * @param bits 40 bits
 */
public record TicketKey(long bits) implements Comparable<TicketKey> {
    public static final String PREFIX = "TM-";
    static final int CHARACTERS = 8;
    private static final int BITS_PER_CHARACTER = 5;

    /** How many bits a key has. */
    public static final int BITS = CHARACTERS * BITS_PER_CHARACTER;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static TicketKey of(long bits) {
        return new TicketKey(bits & ((1L << BITS) - 1));
    }

    /** The smallest key that begins with {@code prefix}, which is in normal form. */
    public static TicketKey first(String prefix) {
        return new TicketKey(value(prefix) << (BITS_PER_CHARACTER * (CHARACTERS - prefix.length())));
    }

    /** The largest key that begins with {@code prefix}, which is in normal form. */
    public static TicketKey last(String prefix) {
        int freeBits = BITS_PER_CHARACTER * (CHARACTERS - prefix.length());
        return new TicketKey((value(prefix) << freeBits) | ((1L << freeBits) - 1));
    }

    /**
     * The normal form of a key or a part of it as people write it: without prefix, upper case, I and L read as 1, O as 0; null
     * when it holds other characters, none, or more than eight.
     */
    public static @org.jspecify.annotations.Nullable String normalize(String text) {
        String bare = text.toUpperCase(Locale.ROOT);
        if (bare.startsWith(PREFIX)) {
            bare = bare.substring(PREFIX.length());
        }
        if (bare.isEmpty() || bare.length() > CHARACTERS) {
            return null;
        }
        StringBuilder normal = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length(); i++) {
            char character = bare.charAt(i);
            char read = character == 'I' || character == 'L' ? '1' : character == 'O' ? '0' : character;
            if (ALPHABET.indexOf(read) < 0) {
                return null;
            }
            normal.append(read);
        }
        return normal.toString();
    }

    @Override
    public int compareTo(TicketKey other) {
        return Long.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int shift = BITS_PER_CHARACTER * (CHARACTERS - 1); shift >= 0; shift -= BITS_PER_CHARACTER) {
            text.append(ALPHABET.charAt((int) (bits >>> shift) & 31));
        }
        return text.toString();
    }

    private static long value(String normal) {
        long value = 0;
        for (int i = 0; i < normal.length(); i++) {
            value = (value << BITS_PER_CHARACTER) | ALPHABET.indexOf(normal.charAt(i));
        }
        return value;
    }
}
