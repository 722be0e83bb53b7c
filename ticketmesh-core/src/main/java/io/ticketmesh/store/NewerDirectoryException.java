package io.ticketmesh.store;

import org.jspecify.annotations.Nullable;

/** The directory was written by a newer version of this library. */
public final class NewerDirectoryException extends DirectoryRefusedException {
    private static final long serialVersionUID = 1;

    public NewerDirectoryException(String directory, String problem, String remedy, @Nullable Throwable cause) {
        super(directory, problem, remedy, cause);
    }
}
