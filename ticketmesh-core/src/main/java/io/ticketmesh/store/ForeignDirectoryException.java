package io.ticketmesh.store;

import org.jspecify.annotations.Nullable;

/** The directory holds files that are not a store, or of another one. */
public final class ForeignDirectoryException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    public ForeignDirectoryException(String directory, String problem, String remedy, @Nullable Throwable cause) {
        super(directory, problem, remedy, cause);
    }
}
