package io.ticketmesh.blob;

import io.ticketmesh.ticket.ContentHash;

/**
 * Bytes on their way into a {@link BlobStore}. For one thread. After an exception it can only be closed.
 */
public interface BlobDraft extends AutoCloseable {
    /**
     * Takes more bytes.
     *
     * @throws NoRoomException when there is no room for them
     * @throws BlobFailedException when the disk fails
     */
    void write(byte[] bytes, int offset, int length);

    /** How many bytes it has taken. */
    long size();

    /** The hash of all that it has taken. */
    ContentHash hash();

    /**
     * Keeps what it has taken, durably. Where the same is kept already, that is kept from being deleted as if it had come now.
     *
     * @throws NoRoomException when there is no room left to say so
     * @throws BlobFailedException when the disk fails
     */
    Blob keep();

    /** Gives up what was not kept. A second call does nothing; never throws. */
    @Override
    void close();
}
