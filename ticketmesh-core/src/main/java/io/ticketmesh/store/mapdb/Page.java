package io.ticketmesh.store.mapdb;

/**
 * A page of the volume in memory. Its bytes are changed only by the writer, and only while its generation is the current one;
 * from the freeze of that generation on they never change again.
 *
 * <p>Pages are not recycled: a reader may hold the bytes for as long as it decodes a record, so only the garbage collector
 * knows when they are free.
 */
final class Page {
    static final int SHIFT = 12;
    static final int BYTES = 1 << SHIFT;
    static final int MASK = BYTES - 1;

    private static final long NEVER_CURRENT = -1;

    /** Stands for a page that is to be read from the base file, where its checksum has been verified. */
    static final Page CLEAN = new Page(-1, NEVER_CURRENT, new byte[0]);

    /** Stands for a page that was never written. */
    static final Page ZERO = new Page(-1, NEVER_CURRENT, new byte[BYTES]);

    final long number;
    final long generation;
    final byte[] bytes;

    Page(long number, long generation, byte[] bytes) {
        this.number = number;
        this.generation = generation;
        this.bytes = bytes;
    }
}
