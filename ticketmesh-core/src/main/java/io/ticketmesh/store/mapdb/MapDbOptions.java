package io.ticketmesh.store.mapdb;

import io.ticketmesh.wire.MessageCodec;

/**
 * How a store uses memory and disk.
 *
 * @param segmentBytes the size of a file of the log; default 64 MiB. Too small: many files. Too large: little can be given back
 * @param checkpointOperations so many applied operations begin a checkpoint; default 30,000. Too small: the disk writes much
 *     besides the log. Too large: opening after a crash takes long, about 0.2 ms an operation
 * @param checkpointBytes so many changed bytes of the database begin a checkpoint; default 96 MiB, held on the heap, or half of what
 *     {@code waitAtBytes} is by default
 * @param checkpointMillis a change is in a checkpoint after so many milliseconds at the latest; default 30,000
 * @param waitAtBytes commits wait for the running checkpoint when so many changed bytes are held; default 192 MiB, held on the
 *     heap, or three eighths of the largest heap where that is less. Too small: commits stop and go. Too large: the heap does not suffice
 * @param background whether checkpoints are written, and files of the log filled, by threads of the store, as by default; else within the commit that makes
 *     them due by operations or bytes, for tests without threads and time
 * @param keyBuckets a power of two; for eight times as many entries of the log the keys of new tickets are gathered in
 *     memory before they are sorted into the database; default 8,192. Too small: each new ticket changes a page of the database for
 *     its key alone. Too large: opening takes long, about 2 µs for each of those entries, and the heap holds some 30 bytes for each
 * @param wire the version of changes that is understood, {@link MessageCodec#WIRE_MINOR} unless a test says otherwise
 */
public record MapDbOptions(
        int segmentBytes,
        int checkpointOperations,
        long checkpointBytes,
        long checkpointMillis,
        long waitAtBytes,
        boolean background,
        int keyBuckets,
        int wire) {
    public static final MapDbOptions DEFAULT = forHeap(Runtime.getRuntime().maxMemory());

    public MapDbOptions {
        if (checkpointOperations < 1 || checkpointBytes < 1 || checkpointMillis < 1 || waitAtBytes < checkpointBytes) {
            throw new IllegalArgumentException(
                    "A checkpoint needs positive limits, and waitAtBytes not below checkpointBytes");
        }
        if (Integer.bitCount(keyBuckets) != 1 || keyBuckets < 1) {
            throw new IllegalArgumentException("keyBuckets is " + keyBuckets + ", and must be a power of two");
        }
    }

    /** @param bytes the largest that the heap may become */
    static MapDbOptions forHeap(long bytes) {
        long waitAtBytes = Math.min(192L << 20, bytes / 8 * 3);
        return new MapDbOptions(
                64 << 20, 30_000, waitAtBytes / 2, 30_000, waitAtBytes, true, 1 << 13, MessageCodec.WIRE_MINOR);
    }

    /** Checkpoints within commits, after so many operations. */
    public MapDbOptions inline(int operations) {
        return new MapDbOptions(
                segmentBytes, operations, checkpointBytes, checkpointMillis, waitAtBytes, false, keyBuckets, wire);
    }

    public MapDbOptions withSegmentBytes(int bytes) {
        return new MapDbOptions(
                bytes,
                checkpointOperations,
                checkpointBytes,
                checkpointMillis,
                waitAtBytes,
                background,
                keyBuckets,
                wire);
    }

    public MapDbOptions withCheckpointOperations(int operations) {
        return new MapDbOptions(
                segmentBytes, operations, checkpointBytes, checkpointMillis, waitAtBytes, background, keyBuckets, wire);
    }

    /** Keys gathered in so many buckets. */
    MapDbOptions withKeyBuckets(int count) {
        return new MapDbOptions(
                segmentBytes,
                checkpointOperations,
                checkpointBytes,
                checkpointMillis,
                waitAtBytes,
                background,
                count,
                wire);
    }

    /** As a version that understands other changes. */
    MapDbOptions withWire(int version) {
        return new MapDbOptions(
                segmentBytes,
                checkpointOperations,
                checkpointBytes,
                checkpointMillis,
                waitAtBytes,
                background,
                keyBuckets,
                version);
    }
}
