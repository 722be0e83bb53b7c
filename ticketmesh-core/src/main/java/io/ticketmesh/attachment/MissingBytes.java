package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.store.TicketReader;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks through all attachments of tickets for bytes that are not here, some at a time, over and over: what an event or a queue lost, or
 * could not be had before, is found so, and counted. Owned by the porter's thread.
 */
final class MissingBytes {
    /** How many attachments are looked at at once. */
    static final int STEP = 512;

    /** How much longer than a round it rests at least, so that many attachments do not keep it busy. */
    private static final int REST_FACTOR = 10;

    private final TicketReader reader;
    private final BlobStore blobs;
    private final Consumer<Wish> wanting;
    private final long restMillis;
    private @Nullable ContentHash last;
    private long beganMillis;
    private long nextMillis;
    private boolean resting = true;
    private boolean again;
    private Census counted = Census.NONE;
    private volatile Census census = Census.NONE;

    MissingBytes(TicketReader reader, BlobStore blobs, Consumer<Wish> wanting, long restMillis, long nowMillis) {
        this.reader = reader;
        this.blobs = blobs;
        this.wanting = wanting;
        this.restMillis = restMillis;
        this.nextMillis = nowMillis;
    }

    /** Something may lack that the present round has passed already: another one follows at once. */
    void hurry() {
        again = true;
    }

    boolean isDue(long nowMillis) {
        return nowMillis >= nextMillis || resting && again;
    }

    /** What the last round that came to its end found. Any thread may ask. */
    Census census() {
        return census;
    }

    /**
     * Only when it is due.
     *
     * @param wants whether there is anybody who could be asked for what is missing
     */
    void look(long nowMillis, boolean wants) {
        if (resting) {
            resting = false;
            again = false;
            last = null;
            counted = Census.NONE;
            beganMillis = nowMillis;
        }
        List<Attachment> some = reader.attachedAfter(last, STEP);
        for (Attachment attachment : some) {
            if (blobs.size(attachment.hash()).isPresent()) {
                counted = counted.with(attachment.size());
            } else {
                counted = counted.without();
                if (wants) {
                    wanting.accept(Wish.of(attachment, null));
                }
            }
            last = attachment.hash();
        }
        resting = some.size() < STEP;
        if (resting) {
            census = counted;
        }
        nextMillis = nowMillis
                + (resting ? Math.max(restMillis, REST_FACTOR * (nowMillis - beganMillis)) : Rounds.STEP_MILLIS);
    }
}
