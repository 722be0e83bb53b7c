package io.ticketmesh.store;

import org.jspecify.annotations.Nullable;

/**
 * A directory cannot be opened as a store. Nothing in it was changed. The message names the directory, what is wrong, and what to
 * do.
 */
public abstract sealed class DirectoryRefusedException extends RuntimeException
        permits ForeignDirectoryException,
                NewerDirectoryException,
                DamagedDirectoryException,
                LockedDirectoryException {
    private static final long serialVersionUID = 1;

    private final String directory;
    private final String problem;
    private final String remedy;

    DirectoryRefusedException(String directory, String problem, String remedy, @Nullable Throwable cause) {
        super("Directory " + directory + ": " + problem + ". " + remedy + ".", cause);
        this.directory = directory;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** The directory, as it was given. */
    public String directory() {
        return directory;
    }

    /** What is wrong, as a part of a sentence. */
    public String problem() {
        return problem;
    }

    /** What to do, as a sentence without its point. */
    public String remedy() {
        return remedy;
    }
}
