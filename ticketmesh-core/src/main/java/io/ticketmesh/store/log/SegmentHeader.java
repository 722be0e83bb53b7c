package io.ticketmesh.store.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a segment file: magic, version, segment size, number, identity, the chain that its first frame
 * continues, and in the last four bytes, in every version, the CRC32C of all before.
 *
 * @param number the number of the segment, from 1, without gaps
 */
record SegmentHeader(UUID identity, int segmentBytes, long number, Chain chain) {
    static final int BYTES = 64;
    static final int VERSION = 1;

    /** "TMESHLOG". */
    private static final long MAGIC = 0x544d4553484c4f47L;

    private static final int CHECKSUM_AT = BYTES - Integer.BYTES;
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";

    /** Of a file that is not yet a segment; it can be deleted whenever nobody writes it. */
    private static final String UNFINISHED_SUFFIX = ".log.new";

    private static final int DIGITS = 10;
    private static final String DIGITS_PATTERN = "\\d{" + DIGITS + "}";

    static boolean isSegment(String name) {
        return name.matches(PREFIX + DIGITS_PATTERN + "\\.log");
    }

    static boolean isUnfinished(String name) {
        return name.matches(PREFIX + DIGITS_PATTERN + "\\.log\\.new");
    }

    /** The file name of a segment; names are in the order of the numbers. */
    static String name(long number) {
        return PREFIX + String.format("%0" + DIGITS + "d", number) + SUFFIX;
    }

    /** The file name of a segment while it is created. */
    static String unfinishedName(long number) {
        return name(number).replace(SUFFIX, UNFINISHED_SUFFIX);
    }

    String unfinishedName() {
        return unfinishedName(number);
    }

    String name() {
        return name(number);
    }

    /** The header of the segment behind this one. */
    SegmentHeader next(Chain end) {
        return new SegmentHeader(identity, segmentBytes, number + 1, end);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(segmentBytes)
                .putLong(number)
                .putLong(identity.getMostSignificantBits())
                .putLong(identity.getLeastSignificantBits())
                .putLong(chain.nextIndex())
                .putInt(chain.checksum());
        return bytes.putInt(CHECKSUM_AT, checksum(bytes)).rewind();
    }

    static SegmentHeader decode(String name, ByteBuffer bytes, UUID identity)
            throws CorruptLogException, NewerFormatException, ForeignLogException {
        if (bytes.getLong() != MAGIC) {
            throw new CorruptLogException(name, 0, "this is not the beginning of a segment");
        }
        if (bytes.getInt(CHECKSUM_AT) != checksum(bytes)) {
            throw new CorruptLogException(name, 0, "the checksum of the segment's header is wrong");
        }
        int version = bytes.getInt();
        if (version > VERSION) {
            throw new NewerFormatException(name, VERSION, version);
        }
        int segmentBytes = bytes.getInt();
        long number = bytes.getLong();
        UUID found = new UUID(bytes.getLong(), bytes.getLong());
        if (!found.equals(identity)) {
            throw new ForeignLogException(name, identity, found);
        }
        SegmentHeader header =
                new SegmentHeader(identity, segmentBytes, number, new Chain(bytes.getLong(), bytes.getInt()));
        if (segmentBytes < LogOptions.MIN_SEGMENT_BYTES
                || segmentBytes > LogOptions.MAX_SEGMENT_BYTES
                || number < 1
                || header.chain.nextIndex() < 1
                || version < 1) {
            throw new CorruptLogException(name, 0, "the segment's header makes no sense: " + header);
        }
        if (!header.name().equals(name)) {
            throw new CorruptLogException(name, 0, "this is segment " + number + ", the file was renamed");
        }
        return header;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), bytes.arrayOffset(), CHECKSUM_AT);
        return (int) crc.getValue();
    }
}
