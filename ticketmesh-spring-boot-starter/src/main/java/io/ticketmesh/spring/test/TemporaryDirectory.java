package io.ticketmesh.spring.test;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The directory of a node that is gone. */
final class TemporaryDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

    private TemporaryDirectory() {}

    /** A test does not fail because a file stays behind; the log says so. */
    static void delete(Path directory) {
        try {
            boolean unusedBecauseANodeInMemoryHasNone = FileSystemUtils.deleteRecursively(directory);
        } catch (IOException left) {
            LOG.warn("The temporary directory {} of a test could not be deleted", directory, left);
        }
    }
}
