package io.ticketmesh.causality;

/**
 * One run of a replica: a node and its incarnation. Operations are numbered within their origin.
 *
 * <p>A node takes a new incarnation at every open of its directory, before its first write. A restored backup or a cloned disk
 * therefore never reuses a number, although it believes to be the same node. Incarnations grow with time on one directory;
 * their low bits are random, so that two copies opened in the same millisecond still differ.
 */
public record Origin(NodeId node, long incarnation) implements Comparable<Origin> {
    private static final int RANDOM_BITS = 20;

    /**
     * The origin of the next run.
     *
     * @param previous the highest incarnation that the directory has used, 0 when it is new
     * @param wallMillis the time of the open, milliseconds since 1970
     * @param random any random bits; the low 20 are used
     */
    public static Origin next(NodeId node, long previous, long wallMillis, long random) {
        long proposed = (wallMillis << RANDOM_BITS) | (random & ((1L << RANDOM_BITS) - 1));
        long floor = previous + 1 + (random & ((1L << RANDOM_BITS) - 1));
        return new Origin(node, Math.max(proposed, floor));
    }

    @Override
    public int compareTo(Origin other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(incarnation, other.incarnation);
    }

    @Override
    public String toString() {
        return node.shortName() + "." + Long.toHexString(incarnation);
    }
}
