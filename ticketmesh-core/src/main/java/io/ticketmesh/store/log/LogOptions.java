package io.ticketmesh.store.log;

import java.util.UUID;

/**
 * What a log must know before it opens.
 *
 * @param identity the identity of the directory; a log with another one is refused, because it belongs to another
 *     replica
 * @param segmentBytes the size of each segment file; counts only for a new log, an existing one keeps its own. Default
 *     64 MiB, from 512 bytes to 1 GiB. Too small: many files, and below about 1 MiB also a lower limit for an entry.
 *     Too large: an append that begins a segment may wait for so many zeros to be written, and little can be truncated
 * @param durableBefore all entries before this index are known to have been durable; 0, the default, when nothing is
 *     known. Segments that end before it are not read again, and a log that ends before it, or begins after it, is
 *     corrupt
 * @param ahead whether the file of the next segment is filled while half of the last one is still free, by a thread of its own.
 *     Default false: the append that begins a segment does it
 */
public record LogOptions(UUID identity, int segmentBytes, long durableBefore, boolean ahead) {
    static final int MIN_SEGMENT_BYTES = 512;
    static final int MAX_SEGMENT_BYTES = 1 << 30;
    static final int DEFAULT_SEGMENT_BYTES = 64 << 20;

    /** @throws IllegalArgumentException when a size or index is out of its range */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("segmentBytes is " + segmentBytes + ", must be from " + MIN_SEGMENT_BYTES
                    + " to " + MAX_SEGMENT_BYTES);
        }
        if (durableBefore < 0) {
            throw new IllegalArgumentException("durableBefore is " + durableBefore + ", must not be negative");
        }
    }

    /** The defaults, for a directory of this identity. */
    public static LogOptions of(UUID identity) {
        return new LogOptions(identity, DEFAULT_SEGMENT_BYTES, 0, false);
    }

    public LogOptions withSegmentBytes(int bytes) {
        return new LogOptions(identity, bytes, durableBefore, ahead);
    }

    public LogOptions withDurableBefore(long index) {
        return new LogOptions(identity, segmentBytes, index, ahead);
    }

    public LogOptions withAhead(boolean beforeNeeded) {
        return new LogOptions(identity, segmentBytes, durableBefore, beforeNeeded);
    }
}
