package io.ticketmesh.store.mapdb;

import java.io.IOException;

/**
 * A frozen state of a volume, on its way to the disk. Made by the writer with {@link CheckpointedVolume#freeze}, written by one
 * other thread (or the same), while the writer goes on. Nobody may interrupt the thread that writes.
 */
public final class Checkpoint {
    private final CheckpointedVolume volume;
    private final CheckpointHeader header;

    /** Emptied when written, so that a forgotten checkpoint holds no pages. */
    private PageSet pages;

    Checkpoint(CheckpointedVolume volume, CheckpointHeader header, PageSet pages) {
        this.volume = volume;
        this.header = header;
        this.pages = pages;
    }

    /** Counts the checkpoints of a database from 1. */
    public long number() {
        return header.number();
    }

    /** How many bytes {@link #write()} will write, twice, besides checksums. */
    public long bytes() {
        return pages.bytes();
    }

    /**
     * Makes the frozen state durable, and returns when it is: from then on a crash leads back to this checkpoint and its mark,
     * or to a later one, and the log before the mark is no longer needed. Takes about as long as writing {@link #bytes()} twice
     * and four forces; waits for a backup that is running. May be called once.
     *
     * @throws IOException when the disk fails. The volume has {@linkplain CheckpointedVolume#failed() failed} then; nothing is
     *     tried again
     * @throws IllegalStateException when the volume is closed, has failed before, or this was called before
     */
    public void write() throws IOException {
        volume.write(this);
    }

    CheckpointHeader header() {
        return header;
    }

    PageSet takePages() {
        PageSet taken = pages;
        pages = new PageSet();
        return taken;
    }
}
