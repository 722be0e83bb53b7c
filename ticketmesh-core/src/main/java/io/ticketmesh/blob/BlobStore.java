package io.ticketmesh.blob;

import io.ticketmesh.ticket.ContentHash;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes under their hash: whole and durable, or not at all. Bytes never change, so whoever holds a hash may read at any time, and
 * the same bytes are kept once.
 *
 * <p>Thread-safe; every method may wait for the disk. All of them throw {@link BlobFailedException} when that fails.
 */
public interface BlobStore extends AutoCloseable {
    /**
     * Begins to take bytes. Nothing of them shows before they are kept, and nothing is left of those that are not.
     *
     * @throws NoRoomException when there is no room for any
     */
    BlobDraft draft();

    /** How many bytes are kept under that hash; empty when it is not there. */
    OptionalLong size(ContentHash hash);

    /**
     * Reads from a position on. What is deleted meanwhile can be read to its end, where the system allows.
     *
     * @param position from 0 to the size
     * @throws BlobFailedException also when there is nothing under that hash
     */
    InputStream open(ContentHash hash, long position);

    /**
     * The lowest hashes that are kept, in their order.
     *
     * @param after above which they are; null for all
     * @param max 1 or more
     */
    List<ContentHash> list(@Nullable ContentHash after, int max);

    /**
     * Deletes what was kept the last time before that moment; whoever keeps the same bytes again at that moment or later keeps them
     * from being deleted.
     *
     * @param keptBeforeMillis milliseconds since 1970
     * @return whether it was there and is gone
     */
    boolean delete(ContentHash hash, long keptBeforeMillis);

    /**
     * Reads all that is kept under that hash, and lets go of it when it is not that any more: from then on it is not there, until somebody
     * keeps it again.
     */
    Finding check(ContentHash hash);

    /** Lets go of everything; drafts are given up. A second call does nothing. */
    @Override
    void close();
}
