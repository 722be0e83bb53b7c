package io.ticketmesh.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader that goes through the log in order and checks each frame. It sees durable entries only, and never those of
 * half an append. At the end it waits for nothing: ask again later, and it goes on with what was appended meanwhile.
 *
 * <p>For one thread at a time; any number of cursors may read beside the writer. It holds up to 1 MiB of memory and
 * nothing else, so it needs no closing.
 */
public final class LogCursor {
    private final SegmentList segments;
    private final Checksum checksum;
    private final Supplier<LogEnd> end;

    /** Entries before it are passed over. */
    private final long fromIndex;

    private FrameScanner scanner;
    private @Nullable Frame frame;
    private int offsetInFrame;
    private int leftInFrame;
    private long nextIndex;

    LogCursor(SegmentList segments, Checksum checksum, Supplier<LogEnd> end, Segment first, long fromIndex) {
        this.segments = segments;
        this.checksum = checksum;
        this.end = end;
        this.fromIndex = fromIndex;
        this.scanner = new FrameScanner(first, checksum);
        this.nextIndex = first.firstIndex();
    }

    /**
     * The next entry, or empty when there is none yet.
     *
     * @throws CorruptLogException when a frame is damaged
     * @throws EntryNotFoundException when the log was truncated behind this cursor
     */
    public Optional<LogEntry> next() throws IOException {
        while (true) {
            Frame current = frame;
            if (current == null || leftInFrame == 0) {
                if (!advance()) {
                    return Optional.empty();
                }
            } else {
                LogEntry entry = take(current);
                if (entry != null) {
                    return Optional.of(entry);
                }
            }
        }
    }

    /** Steps to the next frame; false when there is none yet. */
    private boolean advance() throws IOException {
        LogEnd known = end.get();
        if (nextIndex >= known.nextIndex()) {
            return false;
        }
        Frame next = scanner.next(known.limitOf(scanner.segment()));
        if (next == null) {
            scanner = scannerBehind(scanner);
            return true;
        }
        frame = next;
        offsetInFrame = FrameHeader.BYTES;
        leftInFrame = next.header().count();
        return true;
    }

    private FrameScanner scannerBehind(FrameScanner done) throws IOException {
        Segment segment = done.segment();
        Optional<Segment> following = segments.numbered(segment.header().number() + 1);
        if (following.isPresent() && following.get().header().chain().equals(done.chain())) {
            frame = null;
            return new FrameScanner(following.get(), checksum);
        }
        if (following.isEmpty()
                && segment.header().number() < segments.oldest().header().number()) {
            throw new EntryNotFoundException("index " + nextIndex + " has been truncated");
        }
        throw new CorruptLogException(segment.name(), done.offset(), "there is no whole frame with index " + nextIndex);
    }

    /** Takes the next entry of the frame; null when it is one to pass over. */
    private @Nullable LogEntry take(Frame current) {
        ByteBuffer bytes = current.bytes();
        int length = bytes.getInt(offsetInFrame);
        LogEntry entry = null;
        if (nextIndex >= fromIndex) {
            byte[] payload = new byte[length];
            bytes.get(offsetInFrame + FrameHeader.ENTRY_BYTES, payload);
            entry = new LogEntry(nextIndex, scanner.segment().position(current.offset() + offsetInFrame), payload);
        }
        offsetInFrame += FrameHeader.ENTRY_BYTES + length;
        leftInFrame--;
        nextIndex++;
        return entry;
    }
}
