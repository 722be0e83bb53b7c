package io.ticketmesh.store.log;

/** Where the entries of one append are, in the order in which they were given. Immutable. */
public final class Appended {
    private final long firstIndex;
    private final long[] positions;

    Appended(long firstIndex, long[] positions) {
        this.firstIndex = firstIndex;
        this.positions = positions;
    }

    /** The index of the first entry; the others follow without a gap. */
    public long firstIndex() {
        return firstIndex;
    }

    /** The index that the next append will begin with. */
    public long nextIndex() {
        return firstIndex + positions.length;
    }

    /** How many entries were appended. */
    public int count() {
        return positions.length;
    }

    /**
     * The position of an entry, for {@link OperationLog#read(long)}.
     *
     * @param i the place of the entry in the append, from 0
     */
    public long position(int i) {
        return positions[i];
    }
}
