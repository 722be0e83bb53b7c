package io.ticketmesh.node;

/**
 * What a node wrote since it was opened.
 *
 * @param writes proposals that were answered, those of this node only
 * @param operations that were stored, those of others too
 * @param commits to the store; each holds all that waited
 * @param commitNanos how long all commits took together, the disk included
 */
public record WriteStatistics(long writes, long operations, long commits, long commitNanos) {
    /** Of a node that has written nothing. */
    public static final WriteStatistics NONE = new WriteStatistics(0, 0, 0, 0);

    WriteStatistics withWrites(int more) {
        return new WriteStatistics(writes + more, operations, commits, commitNanos);
    }

    WriteStatistics withCommit(long more, long nanos) {
        return new WriteStatistics(writes, operations + more, commits + 1, commitNanos + nanos);
    }
}
