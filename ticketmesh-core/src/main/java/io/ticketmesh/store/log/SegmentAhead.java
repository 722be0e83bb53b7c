package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the file of the next segment with zeros before it is needed, on a thread of its own that ends with the file; so an append that
 * begins a segment need not wait for as many bytes as a segment has. Owned by the writer.
 */
final class SegmentAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentAhead.class);

    private final Disk disk;
    private final boolean ahead;

    /** The number of the segment whose file was begun last; 0 at first. */
    private long number;

    /** Whether that file is ready, as soon as that is known; null at first. */
    private @Nullable CompletableFuture<Boolean> ready;

    private volatile boolean closed;

    /** @param ahead whether anything is done before it is needed */
    SegmentAhead(Disk disk, boolean ahead) {
        this.disk = disk;
        this.ahead = ahead;
    }

    /** Begins with the file of the segment behind {@code current}, unless that was done. */
    void prepare(SegmentHeader current) {
        if (!ahead || number > current.number()) {
            return;
        }
        long next = current.number() + 1;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        String name = SegmentHeader.unfinishedName(next);
        Thread thread = new Thread(() -> fill(name, current.segmentBytes(), answer), "ticketmesh-log-ahead");
        thread.setDaemon(true);
        thread.start();
        number = next; // nobody waits for a thread that could not be started
        ready = answer;
    }

    /** A file that could not be filled is filled once more by who needs it; he also hears why that fails. */
    private void fill(String name, int bytes, CompletableFuture<Boolean> answer) {
        boolean filled = false;
        try {
            filled = Segment.fill(disk, name, bytes, () -> closed);
        } catch (IOException | RuntimeException failed) {
            LOG.debug("File {} was not filled ahead", name, failed);
        } finally {
            answer.complete(filled);
        }
    }

    /** Creates the segment, durable when this returns; waits for its file if somebody is filling it. */
    Segment begin(SegmentHeader header) throws IOException {
        boolean filled = ready != null && number == header.number() && ready.join();
        if (!filled) {
            return Segment.create(disk, header);
        }
        return Segment.finish(disk, header);
    }

    /** Ends the thread within the time that a megabyte takes. What is there of the file is removed by the next open. */
    @Override
    public void close() {
        closed = true;
        if (ready != null) {
            ready.join();
        }
    }
}
