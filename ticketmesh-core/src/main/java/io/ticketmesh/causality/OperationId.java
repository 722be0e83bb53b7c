package io.ticketmesh.causality;

/**
 * Names one operation in the whole mesh, for ever: the "dot" of the literature.
 *
 * @param sequence from 1, without holes within the origin
 */
public record OperationId(Origin origin, long sequence) implements Comparable<OperationId> {
    public OperationId {
        if (sequence < 1) {
            throw new IllegalArgumentException("A sequence starts at 1, not " + sequence);
        }
    }

    @Override
    public int compareTo(OperationId other) {
        int byOrigin = origin.compareTo(other.origin);
        return byOrigin != 0 ? byOrigin : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return origin + "#" + sequence;
    }
}
