package io.ticketmesh.disk;

import java.io.IOException;
import java.util.List;

/**
 * One flat directory of files. It offers only operations whose effect at a crash can be stated, so that a test can stop
 * the world after each of them and look at what a restart would find.
 *
 * <p>Names are plain file names without a separator, and not {@code lock}; others are refused with an {@link
 * IllegalArgumentException}. Creation, deletion and renaming of files survive a power loss only after {@link
 * #forceDirectory()}; bytes and sizes of a file only after {@link DiskFile#force()}. Implementations are thread-safe.
 */
public interface Disk {
    /** The names of all files, sorted. */
    List<String> list() throws IOException;

    boolean exists(String name) throws IOException;

    /** Opens a file for reading and writing; creates it empty when absent. */
    DiskFile open(String name) throws IOException;

    /** Deletes a file; does nothing when it is absent. Fails when it is open, on every system, since Windows would. */
    void delete(String name) throws IOException;

    /** Renames a file and replaces the target, atomically with regard to a crash. Fails when one of the two is open. */
    void rename(String from, String to) throws IOException;

    /** Makes creations, deletions and renames of this directory durable. */
    void forceDirectory() throws IOException;
}
