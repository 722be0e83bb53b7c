package io.ticketmesh.store;

import org.jspecify.annotations.Nullable;

/** The directory is in use by another process, or by another store of this one. */
public final class LockedDirectoryException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    public LockedDirectoryException(String directory, String problem, String remedy, @Nullable Throwable cause) {
        super(directory, problem, remedy, cause);
    }
}
