package io.ticketmesh.spring;

import io.ticketmesh.store.DirectoryRefusedException;
import io.ticketmesh.store.ForeignDirectoryException;
import io.ticketmesh.store.LockedDirectoryException;
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
        return new FailureAnalysis(String.valueOf(failure.getMessage()), action(failure), failure);
    }

    private static String action(DirectoryUnusableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LockedDirectoryException || cause instanceof ForeignDirectoryException) {
                return "Set ticketmesh.data-dir to a directory of its own for each application.";
            } else if (cause instanceof DirectoryRefusedException refused) {
                return refused.remedy() + ".";
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
