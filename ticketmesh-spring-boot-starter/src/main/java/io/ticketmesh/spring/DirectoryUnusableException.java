package io.ticketmesh.spring;

import java.nio.file.Path;

/** The node could not be opened in its directory; the cause says why. */
final class DirectoryUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path directory;

    DirectoryUnusableException(Path directory, RuntimeException cause) {
        super("The tickets in " + directory + " could not be opened: " + cause.getMessage(), cause);
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }
}
