package io.ticketmesh.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file with positioned access. Writes become durable with {@link #force()}, in any order and in any part: after
 * a power loss each unforced write may be there, absent, or torn at any byte.
 *
 * <p>Thread-safe. A failed {@code write} or {@code force} leaves the content undefined; callers must not retry a force.
 */
public interface DiskFile extends AutoCloseable {
    /** The size in bytes. */
    long size() throws IOException;

    /**
     * Fills {@code target} up to its limit.
     *
     * @throws java.io.EOFException when the file ends before that
     */
    void read(long position, ByteBuffer target) throws IOException;

    /** Writes all remaining bytes of {@code source}; extends the file when needed. */
    void write(long position, ByteBuffer source) throws IOException;

    /** Makes all earlier writes and the size durable. */
    void force() throws IOException;

    /** Cuts the file to {@code size} bytes, or extends it with zeros. */
    void resize(long size) throws IOException;

    /**
     * A read-only view of existing bytes that later writes to the same range show through. The range must lie inside
     * the file and must not be cut off while the view is in use.
     */
    ByteBuffer map(long position, int length) throws IOException;

    @Override
    void close() throws IOException;
}
