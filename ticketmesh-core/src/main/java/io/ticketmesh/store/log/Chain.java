package io.ticketmesh.store.log;

/**
 * Where a sequence of frames stands: what the next one must continue.
 *
 * @param nextIndex the first index of the next frame
 * @param checksum the checksum of the last frame, 0 before the first
 */
record Chain(long nextIndex, int checksum) {
    static final Chain BEGINNING = new Chain(1, 0);
}
