package io.ticketmesh.spring;

import io.ticketmesh.disk.DirectoryLockedException;
import io.ticketmesh.store.log.CorruptLogException;
import io.ticketmesh.store.log.ForeignLogException;
import io.ticketmesh.store.log.NewerFormatException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do when the data directory cannot be used. */
final class DirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DirectoryUnusableException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DirectoryUnusableException failure) {
        String description = failure.getMessage();
        return new FailureAnalysis(description == null ? "" : description, action(failure), failure);
    }

    private static String action(DirectoryUnusableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DirectoryLockedException) {
                return "Another application uses this directory, or another part of this one. Stop it, or set"
                        + " ticketmesh.data-dir to a directory of its own for each.";
            } else if (cause instanceof NewerFormatException) {
                return "A newer version of TicketMesh wrote these files. Run that version or a later one; nothing was changed.";
            } else if (cause instanceof ForeignLogException) {
                return "These files belong to something else. Set ticketmesh.data-dir to an empty or new directory.";
            } else if (cause instanceof CorruptLogException) {
                return "The files are damaged, and nothing was changed in them. Keep a copy of the directory, then restore a"
                        + " backup, or set ticketmesh.data-dir to a new directory.";
            } else if (cause instanceof AccessDeniedException || cause instanceof ReadOnlyFileSystemException) {
                return "Give the user that runs the application the right to read and write " + failure.directory()
                        + ", or set ticketmesh.data-dir to a directory where it has it.";
            } else if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
                return "There is a file where the directory should be. Set ticketmesh.data-dir to a directory.";
            }
        }
        return "Set ticketmesh.data-dir to a directory that can be read and written.";
    }
}
