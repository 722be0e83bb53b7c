package io.ticketmesh.store.log;

import java.nio.ByteBuffer;

/**
 * The beginning of a frame: magic, length, checksum, the checksum of the frame before, indexes, count. Entries follow,
 * each with its own length and checksum.
 *
 * @param length of the whole frame in bytes
 * @param checksum CRC32C over everything but the magic and itself
 * @param previous the checksum of the frame before, also when that is in another segment
 * @param firstIndex the index of its first entry
 * @param durableIndex all entries before this index had been forced when the frame was written. Frames of one append
 *     have it in common: they are forced together, so a power loss may keep a later one and lose an earlier. A frame
 *     that is there although one <em>before its durable index</em> is not proves that something durable was lost
 * @param count of its entries
 */
record FrameHeader(int length, int checksum, int previous, long firstIndex, long durableIndex, int count) {
    static final int BYTES = 36;

    /** Length and checksum in front of each entry. */
    static final int ENTRY_BYTES = 8;

    static final int MAX_COUNT = 1024;
    static final int MAX_PAYLOAD_BYTES = 1 << 20;
    static final int MAX_BYTES = BYTES + MAX_COUNT * ENTRY_BYTES + MAX_PAYLOAD_BYTES;

    static final int MAGIC = 0xF4A3E109;
    static final int LENGTH_AT = 4;
    static final int CHECKSUM_AT = 8;
    static final int PREVIOUS_AT = 12;

    /** Reads a header at the position of the buffer, which has at least so many bytes. */
    static FrameHeader decode(ByteBuffer bytes) {
        int at = bytes.position();
        return new FrameHeader(
                bytes.getInt(at + LENGTH_AT),
                bytes.getInt(at + CHECKSUM_AT),
                bytes.getInt(at + PREVIOUS_AT),
                bytes.getLong(at + 16),
                bytes.getLong(at + 24),
                bytes.getInt(at + 32));
    }

    void encode(ByteBuffer bytes) {
        bytes.putInt(MAGIC)
                .putInt(length)
                .putInt(checksum)
                .putInt(previous)
                .putLong(firstIndex)
                .putLong(durableIndex)
                .putInt(count);
    }

    /**
     * Whether the fields could be those of a frame in so many bytes. To be asked before the checksum, which costs more.
     */
    boolean isPlausible(int available) {
        return count >= 1
                && count <= MAX_COUNT
                && length >= BYTES + count * ENTRY_BYTES
                && length <= Math.min(available, MAX_BYTES)
                && durableIndex >= 1
                && durableIndex <= firstIndex;
    }

    boolean continues(Chain chain) {
        return firstIndex == chain.nextIndex() && previous == chain.checksum();
    }

    Chain chain() {
        return new Chain(firstIndex + count, checksum);
    }
}
