package io.ticketmesh.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Says that a directory is in use by another process, or by another {@link FileDisk} of this one. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path directory;
    private final transient OptionalLong holder;

    DirectoryLockedException(Path directory, OptionalLong holder) {
        super("directory " + directory + " is in use by "
                + (holder.isPresent() ? "process " + holder.getAsLong() : "another process")
                + "; stop it, or choose another directory");
        this.directory = directory;
        this.holder = holder;
    }

    /** The directory that is locked. */
    public Path directory() {
        return directory;
    }

    /** The process id of the holder, as far as it is known. */
    public OptionalLong holder() {
        return holder;
    }
}
