package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.store.DamagedDirectoryException;
import io.ticketmesh.store.ForeignDirectoryException;
import io.ticketmesh.store.NewerDirectoryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The file that makes a directory a store: whose it is, and in which format. It is durable before any other file exists, and the
 * last one that a backup writes. Magic, format, node id, CRC32C.
 */
final class NodeFile {
    static final String NAME = "node";

    private static final String UNFINISHED = "node.new";
    private static final long MAGIC = 0x544d_4553_484e_440aL; // "TMESHND\n"
    private static final int FORMAT = 1;
    private static final int CHECKED_BYTES = 8 + 4 + 16;
    private static final int BYTES = CHECKED_BYTES + 4;

    private NodeFile() {}

    /** Reads whose directory it is; an empty one becomes that of {@code newNode}. */
    static NodeId open(Disk disk, Supplier<NodeId> newNode) throws IOException {
        if (disk.exists(NAME)) {
            NodeId node = read(disk);
            disk.forceDirectory(); // who made it may have been killed before that; no other file may outlive its name
            return node;
        }
        refuseOthers(disk);
        NodeId node = newNode.get();
        write(disk, node);
        return node;
    }

    private static void refuseOthers(Disk disk) throws IOException {
        List<String> others =
                disk.list().stream().filter(name -> !name.equals(UNFINISHED)).toList();
        if (others.isEmpty()) {
            return;
        }
        String directory = disk.toString();
        if (others.stream().anyMatch(StoreFiles::isOurs)) {
            throw new DamagedDirectoryException(
                    directory,
                    "the file '" + NAME + "' is missing, as after a copy or backup that was cut off",
                    "Copy the directory again from where it came, or restore it from a backup",
                    null);
        }
        throw new ForeignDirectoryException(
                directory,
                "it holds files of something else, such as '" + others.get(0) + "'",
                "Choose an empty directory, or one that a node has used before",
                null);
    }

    static void write(Disk disk, NodeId node) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putInt(FORMAT).putLong(node.high()).putLong(node.low());
        bytes.putInt(checksum(bytes)).flip();
        try (DiskFile file = disk.open(UNFINISHED)) {
            file.resize(0);
            file.write(0, bytes);
            file.force();
        }
        disk.rename(UNFINISHED, NAME);
        disk.forceDirectory();
    }

    private static NodeId read(Disk disk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        try (DiskFile file = disk.open(NAME)) {
            if (file.size() < BYTES) {
                throw damaged(disk);
            }
            file.read(0, bytes);
        }
        bytes.flip();
        if (bytes.getLong() != MAGIC || bytes.getInt(CHECKED_BYTES) != checksum(bytes)) {
            throw damaged(disk);
        }
        int format = bytes.getInt();
        if (format > FORMAT) {
            throw new NewerDirectoryException(
                    disk.toString(),
                    "it has format " + format + ", but this version knows at most " + FORMAT,
                    "Start the version that wrote it, or a later one",
                    null);
        }
        return new NodeId(bytes.getLong(), bytes.getLong());
    }

    private static DamagedDirectoryException damaged(Disk disk) {
        return new DamagedDirectoryException(
                disk.toString(),
                "the file '" + NAME + "' is damaged",
                "Restore the directory from a backup, or start with an empty one and let the node fetch everything from a"
                        + " peer; then check the disk",
                null);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, CHECKED_BYTES));
        return (int) crc.getValue();
    }
}
