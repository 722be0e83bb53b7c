package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fills the file of the next segment with zeros before it is needed, on a thread of its own that ends with the file; so an append that
 * begins a segment need not wait for as many bytes as a segment has. Owned by the writer.
 */
final class SegmentAhead implements AutoCloseable {
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
        number = current.number() + 1;
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        ready = answer;
        String name = SegmentHeader.unfinishedName(number);
        Thread thread = new Thread(() -> answer.complete(fill(name, current.segmentBytes())), "ticketmesh-log-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** A file that could not be filled is filled once more by who needs it; he also hears why that fails. */
    private boolean fill(String name, int bytes) {
        try {
            return Segment.fill(disk, name, bytes, () -> closed);
        } catch (IOException | RuntimeException failed) {
            return false;
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
