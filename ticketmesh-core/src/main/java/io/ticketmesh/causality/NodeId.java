package io.ticketmesh.causality;

import java.util.HexFormat;

/**
 * Identifies a node for its whole life: 128 random bits, made once when its directory is created.
 *
 * <p>Ordered as an unsigned number, so that every replica sorts nodes alike.
 */
public record NodeId(long high, long low) implements Comparable<NodeId> {
    /**
     * Reads the 32 hexadecimal digits that {@link #toString()} writes.
     *
     * @throws IllegalArgumentException when {@code text} is anything else
     */
    public static NodeId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("A node id has 32 hexadecimal digits, not '" + text + "'");
        }
        return new NodeId(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
    }

    @Override
    public int compareTo(NodeId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The first eight digits: enough for a person to tell the nodes of a mesh apart. */
    public String shortName() {
        return toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
