package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Roster;
import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.FileDisk;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.oplog.RequestKey;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.ChangedTickets;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.DamagedStoreException;
import io.ticketmesh.store.DirectoryRefusedException;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.store.log.CorruptLogException;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketCounts;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketKey;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable store: an operation log, in which a commit is durable with one force, and a MapDB database, into which it is then
 * applied. The database is durable up to its newest checkpoint; at open the log is replayed from there, and if the database is
 * damaged or missing, from the beginning. See {@code docs/architecture.md}.
 *
 * <p>One replica thread commits; any thread reads, without waiting for it. The store owns a thread that writes checkpoints.
 */
public final class MapDbStore implements ReplicaStore {
    private static final Logger LOG = LoggerFactory.getLogger(MapDbStore.class);

    private final Disk disk;
    private final @Nullable AutoCloseable ownedDisk;
    private final Database database;
    private final EntryLog log;
    private final NewestCommit newest;
    private final Reading reading;
    private final Checkpointer checkpointer;
    private final AtomicBoolean condemned = new AtomicBoolean();

    /** Why no further commit is taken. */
    private volatile @Nullable Throwable failure;

    private volatile boolean closed;

    private MapDbStore(Disk disk, @Nullable AutoCloseable ownedDisk, Opened opened, MapDbOptions options) {
        this.disk = disk;
        this.ownedDisk = ownedDisk;
        this.database = opened.database();
        this.log = opened.log();
        this.newest = database.newest();
        this.reading = opened.reading();
        this.checkpointer = new Checkpointer(database, options, this::fail);
        checkpointer.start(opened.replayed());
    }

    /**
     * Opens a directory, which is created when absent, and locks it for this process. Takes as long as it takes to replay what
     * is in no checkpoint, or the whole log when the database must be built anew.
     *
     * @param newNode makes the id of a directory that is new; must be random
     * @throws DirectoryRefusedException when the directory is locked, damaged, newer, or not ours
     * @throws StoreFailedException when the disk fails
     */
    public static MapDbStore open(Path directory, Supplier<NodeId> newNode, MapDbOptions options) {
        FileDisk disk = StoreOpening.lock(directory);
        try {
            return open(disk, disk, newNode, options);
        } catch (RuntimeException | Error e) {
            StoreOpening.closeQuietly(disk, e);
            throw e;
        }
    }

    /** The same on any disk, which stays open when the store is closed. */
    public static MapDbStore open(Disk disk, Supplier<NodeId> newNode, MapDbOptions options) {
        return open(disk, null, newNode, options);
    }

    private static MapDbStore open(
            Disk disk, @Nullable AutoCloseable ownedDisk, Supplier<NodeId> newNode, MapDbOptions options) {
        Opened opened = new StoreOpening(disk, newNode, options).open();
        try {
            return new MapDbStore(disk, ownedDisk, opened, options);
        } catch (RuntimeException | Error e) {
            StoreOpening.closeQuietly(opened.log(), e);
            StoreOpening.closeQuietly(opened.database(), e);
            throw e;
        }
    }

    // Writing

    @Override
    public void commit(Commit commit) {
        if (commit.isEmpty()) {
            return;
        }
        checkpointer.committing().lock();
        try {
            refuseFurther();
            checkpointer.awaitRoom();
            refuseFurther();
            finishCommit();
            List<StoredEntry> entries = append(commit);
            try {
                newest.add(commit, entries);
            } catch (RuntimeException | Error e) {
                throw failed(e);
            }
            checkpointer.committed(entries.size());
        } finally {
            checkpointer.committing().unlock();
        }
        try {
            checkpointer.checkpointIfInline();
        } catch (IOException | RuntimeException e) {
            LOG.error("A checkpoint failed; the store takes no further commits", e); // this commit is durable
        }
    }

    /** Applies the newest commit to the tables, unless that was done. Any thread: who needs the tables does not wait for another. */
    @Override
    public void finishCommit() {
        try {
            newest.apply();
        } catch (RuntimeException | Error e) {
            throw failed(e);
        }
    }

    private List<StoredEntry> append(Commit commit) {
        try {
            return log.append(commit.entries());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void refuseFurther() {
        requireOpen();
        Throwable cause = failure;
        if (cause != null) {
            throw new StoreFailedException(
                    "The store takes no commits since an earlier failure: " + cause.getMessage()
                            + ". Check the disk, then restart",
                    cause);
        }
    }

    private StoreFailedException failed(Throwable cause) {
        fail(cause);
        return new StoreFailedException(
                "A commit failed: " + cause.getMessage()
                        + ". The store takes no further commits; check the disk, then restart",
                cause);
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = cause; // what comes behind the first follows from it
        }
        noteDamage(cause);
    }

    // Checkpoints and backup

    /**
     * Makes everything that was committed so far part of a checkpoint, and returns when it is durable. Happens by itself; this is
     * for tests and before a planned stop. Any thread.
     *
     * @throws StoreFailedException when the disk failed
     */
    public void checkpoint() {
        refuseFurther();
        try {
            checkpointer.checkpoint();
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Copies the store into an empty or new directory while commits go on. The copy opens as a store of the same node with all
     * commits up to this call, and perhaps some later ones. A copy that was cut off is refused at open. Any thread.
     *
     * @throws DirectoryRefusedException when the directory is locked or not empty
     * @throws StoreFailedException when the copy could not be made
     */
    public void backup(Path target) {
        try (FileDisk copy = StoreOpening.lock(target)) {
            backup(copy);
        } catch (IOException e) {
            throw new StoreFailedException("The backup to " + target + " failed: " + e.getMessage(), e);
        }
    }

    /** The same to any disk. */
    public void backup(Disk target) {
        requireOpen();
        try {
            StoreOpening.requireEmpty(target);
            CheckpointedVolume volume = database.volume();
            if (volume.completedMark().isPresent() && !volume.failed()) {
                volume.backup(target);
            } // the log alone is a whole store too, which takes longer to open
            log.copyTo(target);
            NodeFile.write(target, node());
        } catch (IOException e) {
            throw new StoreFailedException("The backup to " + target + " failed: " + e.getMessage(), e);
        } catch (DamagedDatabaseException e) {
            throw damaged(e);
        }
    }

    /**
     * Makes a last checkpoint, so that the next open has nothing to replay, and closes files and threads. After a failure there
     * is no checkpoint.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkpointer.stop();
        try {
            if (failure == null) {
                checkpointer.checkpoint();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The last checkpoint failed; the next start replays the log instead", e);
        } finally {
            closed = true;
            closeFiles();
        }
    }

    private void closeFiles() {
        try (AutoCloseable last = ownedDisk;
                EntryLog entries = log;
                Database first = database) {
            LOG.debug("Closing the store of node {}", node());
        } catch (Exception e) {
            throw new StoreFailedException("Closing failed: " + e.getMessage(), e);
        }
    }

    // Reading

    private <T> T read(Supplier<T> answer) {
        requireOpen();
        Throwable half = newest.failure();
        if (half != null) {
            throw new StoreFailedException("The store failed in the middle of a commit; restart", half);
        }
        try {
            return answer.get();
        } catch (DamagedDatabaseException e) {
            throw damaged(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CorruptLogException corrupt) {
                throw damaged(corrupt);
            }
            throw new StoreFailedException("Reading failed: " + e.getMessage(), e);
        }
    }

    /** Reads from the tables, which then hold every commit that has returned. */
    private <T> T readTables(Supplier<T> answer) {
        return read(() -> {
            finishCommit();
            return answer.get();
        });
    }

    /** Reads what belongs to a ticket from the tables, which then hold every commit about it that has returned. */
    private <T> T readTables(TicketId ticket, Supplier<T> answer) {
        return newest.changes(ticket) ? readTables(answer) : read(answer);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The store is closed");
        }
    }

    private DamagedStoreException damaged(Exception cause) {
        fail(cause);
        return new DamagedStoreException(
                "Stored bytes are damaged: " + cause.getMessage() + ". Restart the node, and check the disk", cause);
    }

    /** Lets the next open build the database anew. */
    private void noteDamage(Throwable cause) {
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof DamagedDatabaseException && condemned.compareAndSet(false, true)) {
                LOG.warn("The database is damaged and will be built anew from the log at the next start", cause);
                try {
                    StoreFiles.condemn(disk);
                } catch (IOException e) {
                    LOG.warn("That could not be noted; the damage will be found again", e);
                }
            }
        }
    }

    @Override
    public Optional<Ticket> ticket(TicketId id) {
        return read(() -> reading.ticket(id));
    }

    @Override
    public Optional<Tombstone> tombstone(TicketId id) {
        return read(() -> reading.tombstone(id));
    }

    @Override
    public Optional<Comment> comment(TicketId ticket, CommentId id) {
        return readTables(ticket, () -> reading.comment(ticket, id));
    }

    @Override
    public List<Comment> comments(TicketId ticket) {
        return readTables(ticket, () -> reading.comments(ticket));
    }

    @Override
    public List<Operation> history(TicketId ticket) {
        return readTables(ticket, () -> reading.history(ticket));
    }

    @Override
    public List<TicketId> withKeys(TicketKey first, TicketKey last, int max) {
        return readTables(() -> reading.withKeys(first, last, max));
    }

    @Override
    public List<TicketId> linkingTo(TicketId target, int max) {
        return readTables(() -> reading.linkingTo(target, max));
    }

    @Override
    public List<TicketId> mergedInto(TicketId target, int max) {
        return readTables(() -> reading.mergedInto(target, max));
    }

    @Override
    public List<TicketId> withAttachment(ContentHash hash, int max) {
        return readTables(() -> reading.withAttachment(hash, max));
    }

    @Override
    public List<Attachment> attachedAfter(@Nullable ContentHash after, int max) {
        return readTables(() -> reading.attachedAfter(after, max));
    }

    @Override
    public TicketPage page(TicketQuery query) {
        return page(query, PageReader.FEW);
    }

    /** For tests that want long lists walked through although they are short. */
    TicketPage page(TicketQuery query, int few) {
        return readTables(() -> reading.page(query, few));
    }

    @Override
    public TicketCounts counts() {
        return readTables(reading::counts);
    }

    @Override
    public Optional<Receipt> receipt(RequestKey key) {
        return readTables(() -> reading.receipt(key));
    }

    @Override
    public NodeId node() {
        return reading.node();
    }

    @Override
    public long incarnation() {
        return reading.incarnation();
    }

    @Override
    public VersionVector version() {
        return reading.version();
    }

    @Override
    public VersionVector floor() {
        return reading.floor();
    }

    @Override
    public VersionVector ahead() {
        return reading.ahead();
    }

    @Override
    public HybridTimestamp clockBound() {
        return reading.clockBound();
    }

    @Override
    public Roster roster() {
        return reading.roster();
    }

    @Override
    public List<Operation> operations(Origin origin, long first, int max) {
        return readTables(() -> reading.operations(origin, first, max));
    }

    @Override
    public List<TicketState> states(@Nullable TicketId after, int max) {
        return readTables(() -> reading.states(after, max));
    }

    @Override
    public List<TicketId> ticketsAfter(@Nullable TicketId after, int max) {
        return readTables(() -> reading.ticketsAfter(after, max));
    }

    @Override
    public long[] buckets() {
        return readTables(reading::buckets);
    }

    @Override
    public long position() {
        return reading.position();
    }

    @Override
    public ChangedTickets changedSince(long position, int max) {
        return readTables(() -> reading.changedSince(position, max));
    }

    /** What an open has found. */
    record Opened(Database database, EntryLog log, Reading reading, WireCodec codec, int replayed) {}
}
