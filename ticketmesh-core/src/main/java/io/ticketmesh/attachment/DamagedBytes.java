package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.blob.Finding;
import io.ticketmesh.ticket.ContentHash;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds bytes that have rotted on the disk: each is read before it is given out for the first time, and all of them again and again, slowly.
 * What is not what its hash says any more is let go of, so that it lacks, and another node is asked for it. Thread-safe, but for the
 * rounds, which are the porter's.
 */
final class DamagedBytes {
    /** How many names are looked up at once. */
    static final int STEP = 64;

    /** How many are remembered to be right, some 2 MiB. */
    static final int MAX_KNOWN = 16_384;

    /** How many bytes a second are read again at most: 2 MiB, a small part of what any disk gives. */
    static final long BYTES_PER_SECOND = 2 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DamagedBytes.class);

    private final BlobStore blobs;
    private final Rounds rounds;
    private final LongAdder checked = new LongAdder();
    private final LongAdder damaged = new LongAdder();

    /** Guarded by itself. */
    private final Map<ContentHash, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ContentHash, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    private final Queue<ContentHash> next = new ArrayDeque<>(STEP);
    private final Runnable finding;
    private @Nullable ContentHash last;
    private long nextMillis;

    /** Whether the present round began with the first of all. */
    private boolean whole;

    /**
     * @param start behind which the first look begins: any, so that processes that never run for long come to all bytes too
     * @param finding told of whatever is damaged
     */
    DamagedBytes(BlobStore blobs, Rounds rounds, ContentHash start, Runnable finding, long nowMillis) {
        this.blobs = blobs;
        this.rounds = rounds;
        this.last = start;
        this.finding = finding;
        this.nextMillis = nowMillis + rounds.unusedMillis();
    }

    /** Whether the bytes are here and right. Reads them unless that is known. */
    boolean areSound(ContentHash hash) {
        if (blobs.size(hash).isEmpty()) {
            return false;
        }
        synchronized (known) {
            if (known.get(hash) != null) {
                return true;
            }
        }
        return check(hash);
    }

    private boolean check(ContentHash hash) {
        Finding found = blobs.check(hash);
        checked.increment();
        synchronized (known) {
            if (found == Finding.SOUND) {
                known.put(hash, true);
            } else {
                known.remove(hash);
            }
        }
        if (found == Finding.DAMAGED) {
            damaged.increment();
            LOG.warn(
                    "The bytes of the attachment {} had changed on the disk, and other nodes are asked for them. If none has them,"
                            + " put the file of that name from a backup into its place. Look at the disk",
                    hash);
            finding.run();
        }
        return found == Finding.SOUND;
    }

    boolean isDue(long nowMillis) {
        return nowMillis >= nextMillis;
    }

    /** Reads the next; only when it is due. */
    void look(long nowMillis) {
        if (next.isEmpty()) {
            next.addAll(blobs.list(last, STEP));
        }
        ContentHash hash = next.poll();
        last = hash;
        if (hash == null) {
            nextMillis = nowMillis + (whole ? rounds.damagedMillis() : Rounds.STEP_MILLIS);
            whole = true;
            return;
        }
        long size = blobs.size(hash).orElse(0);
        nextMillis = nowMillis + Math.max(Rounds.STEP_MILLIS, size * 1_000 / BYTES_PER_SECOND);
        boolean unused = check(hash);
    }

    /** How often bytes were read to be compared with their hash. */
    long checked() {
        return checked.sum();
    }

    /** How often they were others. */
    long damaged() {
        return damaged.sum();
    }
}
