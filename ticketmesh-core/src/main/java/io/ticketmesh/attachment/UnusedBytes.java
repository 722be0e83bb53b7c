package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.ContentHash;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes bytes that no ticket refers to, some at a time, over and over. What was kept of late is left alone, since its ticket may be
 * about to say so; and so is everything while this node is behind the others. Owned by the porter's thread.
 */
final class UnusedBytes {
    /** How many are looked at at once. */
    static final int STEP = 256;

    private static final Logger LOG = LoggerFactory.getLogger(UnusedBytes.class);

    private final TicketReader reader;
    private final BlobStore blobs;
    private final WallClock clock;
    private final BooleanSupplier behind;
    private final Rounds rounds;
    private @Nullable ContentHash last;
    private long nextMillis;
    private long deleted;

    UnusedBytes(
            TicketReader reader,
            BlobStore blobs,
            WallClock clock,
            BooleanSupplier behind,
            Rounds rounds,
            long nowMillis) {
        this.reader = reader;
        this.blobs = blobs;
        this.clock = clock;
        this.behind = behind;
        this.rounds = rounds;
        this.nextMillis = nowMillis + rounds.unusedMillis();
    }

    boolean isDue(long nowMillis) {
        return nowMillis >= nextMillis && !behind.getAsBoolean();
    }

    /** Only when it is due. */
    void look(long nowMillis) {
        List<ContentHash> some = blobs.list(last, STEP);
        long keptBefore = clock.millis() - rounds.graceMillis();
        for (ContentHash hash : some) {
            if (reader.withAttachment(hash, 1).isEmpty() && blobs.delete(hash, keptBefore)) {
                deleted++;
            }
            last = hash;
        }
        boolean over = some.size() < STEP;
        if (over && deleted > 0) {
            LOG.info("Deleted the bytes of {} attachments that no ticket refers to", deleted);
            deleted = 0;
        }
        last = over ? null : last;
        nextMillis = nowMillis + (over ? rounds.unusedMillis() : Rounds.STEP_MILLIS);
    }
}
