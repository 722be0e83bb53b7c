package io.ticketmesh.attachment;

import io.ticketmesh.blob.Blob;
import io.ticketmesh.blob.BlobDraft;
import io.ticketmesh.blob.BlobFailedException;
import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.blob.FileBlobs;
import io.ticketmesh.blob.MediaTypes;
import io.ticketmesh.blob.MemoryBlobs;
import io.ticketmesh.blob.NoRoomException;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.disk.DirectoryLockedException;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.store.LockedDirectoryException;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.AttachmentId;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.change.AddAttachment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of attachments on one node. What a ticket knows of them is a change like any other; the bytes are stored here before it is
 * proposed, and come from other nodes where those took them. Thread-safe.
 */
public final class Attachments implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    /** How many blobs a copy looks at at once. */
    private static final int COPIED = 256;

    private final Node node;
    private final BlobStore blobs;
    private final AttachmentOptions options;
    private final WallClock clock;
    private final RandomGenerator random;
    private final Porter porter;
    private final LongAdder stored = new LongAdder();
    private final LongAdder storedBytes = new LongAdder();
    private final LongAdder failed = new LongAdder();

    private Attachments(
            Node node,
            BlobStore blobs,
            AttachmentOptions options,
            WallClock clock,
            RandomGenerator random,
            Rounds rounds) {
        this.node = node;
        this.blobs = blobs;
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.porter = new Porter(node, blobs, clock, rounds);
    }

    /**
     * Opens the bytes of a node and begins to look after them.
     *
     * @param directory where they are when the options do not say; null for a node in memory
     * @param random must be thread-safe and unpredictable
     * @throws LockedDirectoryException when another node uses the directory
     * @throws StoreFailedException when the directory cannot be used
     */
    public static Attachments open(
            Node node,
            @Nullable Path directory,
            AttachmentOptions options,
            WallClock clock,
            RandomGenerator random,
            Rounds rounds) {
        BlobStore blobs = directory == null
                ? new MemoryBlobs(AttachmentOptions.MAX_MEMORY_BYTES, clock)
                : files(options.directory() == null ? directory : options.directory(), options.minFreeBytes(), clock);
        try {
            return new Attachments(node, blobs, options, clock, random, rounds);
        } catch (RuntimeException | Error failed) {
            blobs.close();
            throw failed;
        }
    }

    private static BlobStore files(Path directory, long minFreeBytes, WallClock clock) {
        try {
            return FileBlobs.open(directory, minFreeBytes, clock);
        } catch (DirectoryLockedException locked) {
            throw new LockedDirectoryException(
                    directory.toString(),
                    "its attachments are in use by another node",
                    "Stop that one, or choose another directory",
                    locked);
        } catch (IOException e) {
            throw new StoreFailedException("Attachments cannot be kept in " + directory + ": " + e.getMessage(), e);
        }
    }

    public AttachmentOptions options() {
        return options;
    }

    /** How many attachments of tickets are known to lack here; those that others have are on their way. */
    public int missing() {
        return porter.missing();
    }

    /** What was done since the node was opened, and what there is. */
    public AttachmentStatistics statistics() {
        Census census = porter.census();
        return new AttachmentStatistics(
                census.kept(),
                census.keptBytes(),
                census.missing(),
                stored.sum(),
                storedBytes.sum(),
                failed.sum(),
                porter.fetching().fetched(),
                porter.fetching().failed(),
                porter.damaged().checked(),
                porter.damaged().damaged());
    }

    /**
     * Refuses what the ticket would not take, before any of it is read; it is checked again when it is proposed.
     *
     * @throws io.ticketmesh.ticket.InvalidChangeException when the name is none, or the ticket has as many as it may have
     * @throws GoneTicketException when the ticket is deleted
     * @throws ReadOnlyException when the node takes no writes
     */
    public void requireTakes(TicketView ticket, String name) {
        requireWrites();
        if (ticket.isDeleted()) {
            throw new GoneTicketException(ticket.id(), false);
        }
        AddAttachment.requireRoom(ticket.state());
        Texts.line("name", AttachmentName.of(name), Attachment.MAX_NAME_CHARS);
    }

    private void requireWrites() {
        ReadOnlyException refusal = node.refusal();
        if (refusal != null) {
            throw refusal;
        }
    }

    public AttachmentId newId() {
        return AttachmentId.timeOrdered(clock.millis(), random.nextLong(), random.nextLong());
    }

    /**
     * Stores bytes durably, as a stream: no more than some 64 KiB of them are in memory. The caller then says which ticket they belong to.
     *
     * @param content read to its end, and not closed
     * @param declared what their sender says they are; null for nothing
     * @throws AttachmentTooLargeException when there are more than the options allow
     * @throws MediaTypeRefusedException when the options do not allow what they are
     * @throws io.ticketmesh.blob.NoRoomException when the disk is full
     * @throws BlobFailedException when it fails
     * @throws ReadOnlyException when the node takes no writes
     * @throws IOException when {@code content} cannot be read
     */
    public StoredBytes store(InputStream content, @Nullable String declared) throws IOException {
        requireWrites();
        try (BlobDraft draft = blobs.draft()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int head = content.readNBytes(buffer, 0, MediaTypes.HEAD_BYTES);
            String mediaType = MediaTypes.of(buffer, head, declared);
            if (!options.takes(mediaType)) {
                throw new MediaTypeRefusedException(mediaType, options.mediaTypes());
            }
            int count = head;
            while (count >= 0) {
                if (draft.size() + count > options.maxBytes()) {
                    throw new AttachmentTooLargeException(options.maxBytes());
                }
                draft.write(buffer, 0, count);
                count = content.read(buffer);
            }
            Blob kept = draft.keep();
            stored.increment();
            storedBytes.add(kept.size());
            return new StoredBytes(kept, mediaType);
        } catch (NoRoomException | BlobFailedException broken) {
            failed.increment();
            throw broken;
        }
    }

    /**
     * Sees to it that the bytes are here, and waits for another node to send them if they are not. The first time that it is asked for them
     * it reads them, to see whether they are what they were.
     *
     * @throws BytesAwayException when none has within {@link AttachmentOptions#fetchWait}
     */
    public void require(Attachment attachment) {
        if (!porter.areSound(attachment.hash()) && !fetched(attachment)) {
            throw new BytesAwayException(attachment.hash());
        }
    }

    private boolean fetched(Attachment attachment) {
        try {
            return porter.fetch(attachment, options.fetchWait())
                    .get(options.fetchWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Reads the bytes of an attachment from a position on; see {@link #require}.
     *
     * @param position from 0 to the size
     * @throws BytesAwayException when they are not here
     */
    public InputStream open(Attachment attachment, long position) {
        require(attachment);
        return blobs.open(attachment.hash(), position);
    }

    /**
     * Copies all bytes into a directory, beside a copy of the tickets, while others go on; none is deleted meanwhile.
     *
     * @param tickets copies the tickets; called first
     */
    public void backup(Path directory, Runnable tickets) {
        porter.whileAllIsKept(() -> {
            tickets.run();
            try (BlobStore copy = files(directory, 0, clock)) {
                ContentHash last = null;
                List<ContentHash> some = blobs.list(null, COPIED);
                while (!some.isEmpty()) {
                    for (ContentHash hash : some) {
                        copy(hash, copy);
                        last = hash;
                    }
                    some = blobs.list(last, COPIED);
                }
            }
        });
    }

    private void copy(ContentHash hash, BlobStore target) {
        try (InputStream bytes = blobs.open(hash, 0);
                BlobDraft draft = target.draft()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                draft.write(buffer, 0, count);
            }
            Blob kept = draft.keep();
            if (!kept.hash().equals(hash)) {
                throw new BlobFailedException("The bytes " + hash + " are damaged; their copy is " + kept.hash(), null);
            }
        } catch (IOException e) {
            throw new BlobFailedException("The bytes " + hash + " cannot be copied", e);
        }
    }

    /** Stops looking after bytes and lets go of the directory. A second call does nothing. */
    @Override
    public void close() {
        try {
            porter.close();
        } finally {
            blobs.close();
        }
    }
}
