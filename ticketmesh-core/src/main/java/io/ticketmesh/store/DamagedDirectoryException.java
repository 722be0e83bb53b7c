package io.ticketmesh.store;

import org.jspecify.annotations.Nullable;

/** The directory has lost or changed something that had been durable. */
public final class DamagedDirectoryException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    public DamagedDirectoryException(String directory, String problem, String remedy, @Nullable Throwable cause) {
        super(directory, problem, remedy, cause);
    }
}
