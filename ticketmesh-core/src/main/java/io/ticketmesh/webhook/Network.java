package io.ticketmesh.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of addresses that begin with the same bits.
 *
 * @param base any address of it
 * @param bits how many bits all its addresses share with that
 */
record Network(InetAddress base, int bits) {
    private static final int MAX_CHARS = 64;

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
     *
     * @throws IllegalArgumentException when it is neither; names are not looked up
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean numeric = address.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || address.contains(":") && address.matches("[0-9A-Fa-f:.]+");
        if (numeric && text.length() <= MAX_CHARS) {
            try {
                InetAddress base = InetAddress.getByName(address);
                int most = base.getAddress().length * Byte.SIZE;
                String length = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
                if (length.matches("\\d{1,3}") && Integer.parseInt(length) <= most) {
                    return new Network(base, Integer.parseInt(length));
                }
            } catch (UnknownHostException malformed) {
                throw refused(text);
            }
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("'" + text + "' is no network like 10.0.0.0/8 or fd00::/8, nor an address");
    }

    boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
