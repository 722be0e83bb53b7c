package io.ticketmesh.disk;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What directories of the operating system need besides. */
public final class Directories {
    /**
     * Windows cannot open a directory as a channel; NTFS writes the changes of a directory to its own journal in order.
     */
    private static final boolean CAN_BE_FORCED = File.separatorChar == '/';

    private Directories() {}

    /** Makes creations, deletions and renames in a directory durable. */
    public static void force(Path directory) throws IOException {
        if (!CAN_BE_FORCED) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new IOException(directory + ": force failed: " + e.getMessage(), e);
        }
    }
}
