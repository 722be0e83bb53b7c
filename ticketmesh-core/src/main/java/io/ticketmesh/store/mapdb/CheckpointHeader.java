package io.ticketmesh.store.mapdb;

/**
 * What a checkpoint says about itself.
 *
 * @param number counts checkpoints from 1; its parity names the journal
 * @param length the size of the volume in bytes
 * @param mark the caller's bytes; not copied
 */
record CheckpointHeader(long number, long length, byte[] mark) {
    static final int MAX_MARK_BYTES = 64 * 1024;
}
