package io.ticketmesh.store.log;

import java.io.IOException;

/**
 * Says that a log has lost or changed something that was durable. No crash of the process or the machine explains it.
 */
public final class CorruptLogException extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    CorruptLogException(String file, long offset, String problem) {
        super(file + " at offset " + offset + ": " + problem
                + ". Nothing was changed. Restore this directory from a backup, or move it away and let the node"
                + " fetch everything from a peer; then check the disk");
        this.file = file;
        this.offset = offset;
    }

    /** The name of the damaged file. */
    public String file() {
        return file;
    }

    /** Where in the file the damage begins, in bytes. */
    public long offset() {
        return offset;
    }
}
