package io.ticketmesh.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a bundle, big endian:
 *
 * <pre>
 * header  "TMBUNDLE", version (int), time of writing (long, milliseconds since 1970), node (16 bytes), checksum
 * part    length of what follows up to the checksum (int), operations (int), for each its length (int) and bytes, checksum
 * end     0 (int), operations in all (long), checksum
 * </pre>
 *
 * A checksum is a CRC32C over the place of the header, part or end in the bundle (long) and its bytes before the checksum, so that none can be
 * changed, left out or moved unnoticed. Operations are in the encoding of the wire, an effect never before its cause.
 */
final class BundleFormat {
    static final byte[] MAGIC = "TMBUNDLE".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int HEADER_BYTES = MAGIC.length + 4 + 8 + 16;

    /** A part is full with so many operations. */
    static final int PART_OPERATIONS = 256;

    /** A part is full with so many bytes. */
    static final int PART_BYTES = 256 * 1024;

    /** The most bytes of a part: a full one, and one operation of the largest size. */
    static final int MAX_PART_BYTES = 2 * 1024 * 1024;

    private BundleFormat() {}

    static int checksum(long place, byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(8).putLong(place).flip());
        checksum.update(bytes, 0, length);
        return (int) checksum.getValue();
    }
}
