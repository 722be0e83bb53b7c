package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.disk.DirectoryLockedException;
import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.FileDisk;
import io.ticketmesh.store.DamagedDirectoryException;
import io.ticketmesh.store.DirectoryRefusedException;
import io.ticketmesh.store.ForeignDirectoryException;
import io.ticketmesh.store.LockedDirectoryException;
import io.ticketmesh.store.NewerDirectoryException;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.store.log.CorruptLogException;
import io.ticketmesh.store.log.ForeignLogException;
import io.ticketmesh.store.log.LogOptions;
import io.ticketmesh.store.log.OperationLog;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the files of a store, or says why that cannot be. For one thread. */
final class StoreOpening {
    private static final Logger LOG = LoggerFactory.getLogger(MapDbStore.class);
    private static final String FROM_BACKUP =
            "Restore the directory from a backup, or start with an empty one and let the"
                    + " node fetch everything from a peer; then check the disk";

    private final Disk disk;
    private final Supplier<NodeId> newNode;
    private final MapDbOptions options;
    private final WireCodec codec = new WireCodec();

    StoreOpening(Disk disk, Supplier<NodeId> newNode, MapDbOptions options) {
        this.disk = disk;
        this.newNode = newNode;
        this.options = options;
    }

    static FileDisk lock(Path directory) {
        try {
            return FileDisk.open(directory);
        } catch (DirectoryLockedException e) {
            String holder = e.holder().isPresent() ? "process " + e.holder().getAsLong() : "another process";
            throw new LockedDirectoryException(
                    directory.toString(), "it is in use by " + holder, "Stop that, or choose another directory", e);
        } catch (IOException e) {
            throw new StoreFailedException("Directory " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    static void requireEmpty(Disk disk) throws IOException {
        if (!disk.list().isEmpty()) {
            throw new ForeignDirectoryException(
                    disk.toString(), "it is not empty", "Choose an empty directory for the copy", null);
        }
    }

    MapDbStore.Opened open() {
        try {
            NodeId node = NodeFile.open(disk, newNode);
            if (StoreFiles.isCondemned(disk)) {
                LOG.warn("{}: the database was found damaged and is built anew from the log", disk);
                StoreFiles.deleteDatabase(disk);
            }
            try {
                return open(node);
            } catch (DirectoryRefusedException | ForeignFileException | NewerFormatException refused) {
                throw refused;
            } catch (OutdatedDatabaseException outdated) {
                LOG.info("{}: {}; it is built anew from the log", disk, outdated.getMessage());
                return rebuild(node, outdated);
            } catch (RuntimeException damage) {
                LOG.warn("{}: the database is damaged and is built anew from the log", disk, damage);
                return rebuild(node, damage);
            }
        } catch (CorruptLogException e) {
            throw new DamagedDirectoryException(
                    disk.toString(), "the log is damaged: " + e.getMessage(), FROM_BACKUP, e);
        } catch (ForeignLogException | ForeignFileException e) {
            throw new ForeignDirectoryException(
                    disk.toString(),
                    "it holds files of different directories: " + e.getMessage(),
                    "Put back the files that belong together",
                    e);
        } catch (io.ticketmesh.store.log.NewerFormatException | NewerFormatException e) {
            throw new NewerDirectoryException(
                    disk.toString(),
                    "it has files of a newer format: " + e.getMessage(),
                    "Start the version that wrote it, or a later one",
                    e);
        } catch (IOException e) {
            throw new StoreFailedException("Directory " + disk + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private MapDbStore.Opened rebuild(NodeId node, RuntimeException damage) throws IOException {
        StoreFiles.condemn(disk);
        StoreFiles.deleteDatabase(disk);
        try {
            return open(node);
        } catch (DirectoryRefusedException refused) {
            throw refused;
        } catch (RuntimeException again) {
            again.addSuppressed(damage);
            throw new DamagedDirectoryException(
                    disk.toString(), "the log cannot be replayed: " + again.getMessage(), FROM_BACKUP, again);
        }
    }

    private MapDbStore.Opened open(NodeId node) throws IOException {
        Database database = Database.open(disk, node, codec, options);
        try {
            long applied = database.tables().standing.index();
            EntryLog log = openLog(node, applied);
            try {
                Reading reading = new Reading(node, database, log);
                int replayed = new Replay(database, log, reading, codec, options).run();
                return new MapDbStore.Opened(database, log, reading, codec, replayed);
            } catch (IOException | RuntimeException | Error e) {
                closeQuietly(log, e);
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            closeQuietly(database, e);
            throw e;
        }
    }

    private EntryLog openLog(NodeId node, long applied) throws IOException {
        LogOptions logOptions = LogOptions.of(Database.identity(node))
                .withSegmentBytes(options.segmentBytes())
                .withDurableBefore(applied == 0 ? 0 : applied + 1)
                .withAhead(options.background());
        OperationLog log = OperationLog.open(disk, logOptions);
        log.recovered().ifPresent(tail -> LOG.info("{}: {}", disk, tail));
        if (applied + 1 < log.firstIndex()) {
            DamagedDirectoryException refused = new DamagedDirectoryException(
                    disk.toString(),
                    "the database cannot be built anew, since the log begins with entry " + log.firstIndex(),
                    FROM_BACKUP,
                    null);
            closeQuietly(log, refused);
            throw refused;
        }
        return new EntryLog(log, codec);
    }

    static void closeQuietly(AutoCloseable open, Throwable cause) {
        try {
            open.close();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
