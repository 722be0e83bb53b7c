package io.ticketmesh.wire;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import java.nio.ByteBuffer;

/**
 * What stands before the body of every message, of the same size for ever within a major version, big endian: magic (4 bytes),
 * major (1), minor (1), type (1), flags (1), body length (4), cluster (8), node (16), incarnation (8).
 *
 * @param flags what must be understood to read the body; none is defined
 */
record Envelope(int minor, int type, int flags, long cluster, Origin from) {
    /** Its size. */
    static final int BYTES = 44;

    /** Nodes of another major version cannot read each other at all. */
    static final int MAJOR = 1;

    /** TMES, in ASCII. */
    private static final int MAGIC = 0x544D4553;

    private static final int MAJOR_AT = 4;

    /** Writes it to the beginning of {@code message}, where its body follows. */
    void write(byte[] message) {
        ByteBuffer.wrap(message)
                .putInt(MAGIC)
                .put((byte) MAJOR)
                .put((byte) minor)
                .put((byte) type)
                .put((byte) flags)
                .putInt(message.length - BYTES)
                .putLong(cluster)
                .putLong(from.node().high())
                .putLong(from.node().low())
                .putLong(from.incarnation());
    }

    /** Whether a later major version wrote this, of which nothing but magic and major is known here. */
    static boolean isNewer(byte[] bytes, int offset, int length) {
        return length > MAJOR_AT
                && ByteBuffer.wrap(bytes).getInt(offset) == MAGIC
                && (bytes[offset + MAJOR_AT] & 0xFF) > MAJOR;
    }

    static Envelope read(byte[] bytes, int offset, int length) {
        if (length < BYTES) {
            throw new MalformedBytesException(
                    "A message has at least " + BYTES + " bytes, and this one " + length, offset);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        if (buffer.getInt() != MAGIC) {
            throw new MalformedBytesException("This is no message of a mesh", offset);
        }
        int major = next(buffer);
        if (major != MAJOR) {
            throw new MalformedBytesException("There is no major version " + major, offset + MAJOR_AT);
        }
        int minor = next(buffer);
        int type = next(buffer);
        int flags = next(buffer);
        int body = buffer.getInt();
        if (body != length - BYTES) {
            throw new MalformedBytesException(
                    "A body of " + Integer.toUnsignedString(body) + " bytes where there are " + (length - BYTES),
                    buffer.position());
        }
        long cluster = buffer.getLong();
        NodeId node = new NodeId(buffer.getLong(), buffer.getLong());
        return new Envelope(minor, type, flags, cluster, new Origin(node, buffer.getLong()));
    }

    private static int next(ByteBuffer buffer) {
        return buffer.get() & 0xFF;
    }
}
