package io.ticketmesh.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment in order and checks each. For one thread. */
final class FrameScanner {
    private static final int WINDOW_BYTES = 256 << 10;

    private final Segment segment;
    private final Checksum checksum;

    /** A piece of the segment, beginning at {@link #windowStart}. */
    private ByteBuffer window = ByteBuffer.allocate(0);

    private int windowStart;
    private int offset = SegmentHeader.BYTES;
    private Chain chain;

    FrameScanner(Segment segment, Checksum checksum) {
        this.segment = segment;
        this.checksum = checksum;
        this.chain = segment.header().chain();
    }

    Segment segment() {
        return segment;
    }

    /** Where the next frame would begin. */
    int offset() {
        return offset;
    }

    /** What the next frame must continue. */
    Chain chain() {
        return chain;
    }

    /**
     * The next frame, or null when what follows is not a whole frame that continues the chain.
     *
     * @param limit bytes at this offset and behind it are not looked at
     */
    @Nullable
    Frame next(int limit) throws IOException {
        Frame frame = at(offset, limit);
        if (frame == null || !frame.header().continues(chain)) {
            return null;
        }
        offset = frame.end();
        chain = frame.header().chain();
        return frame;
    }

    /** A whole frame at any offset, whatever it continues, or null. */
    @Nullable
    Frame at(int start, int limit) throws IOException {
        if (start + FrameHeader.BYTES > limit) {
            return null;
        }
        ByteBuffer head = bytes(start, FrameHeader.BYTES, limit);
        FrameHeader header = FrameHeader.decode(head);
        if (head.getInt(head.position()) != FrameHeader.MAGIC || !header.isPlausible(limit - start)) {
            return null;
        }
        ByteBuffer bytes = bytes(start, header.length(), limit).slice();
        boolean whole = Frame.checksum(bytes, segment.position(start), checksum) == header.checksum();
        return whole && entriesFill(bytes, header.count()) ? new Frame(header, start, bytes) : null;
    }

    private static boolean entriesFill(ByteBuffer frame, int count) {
        int at = FrameHeader.BYTES;
        for (int i = 0; i < count; i++) {
            if (at > frame.limit() - FrameHeader.ENTRY_BYTES) {
                return false;
            }
            int length = frame.getInt(at);
            at += FrameHeader.ENTRY_BYTES;
            if (length < 0 || length > frame.limit() - at) {
                return false;
            }
            at += length;
        }
        return at == frame.limit();
    }

    /** The window, positioned and limited to a range that lies before the limit. */
    private ByteBuffer bytes(int from, int length, int limit) throws IOException {
        if (from < windowStart || from + length > windowStart + window.capacity()) {
            int size = Math.min(limit - from, Math.max(length, WINDOW_BYTES));
            window = ByteBuffer.wrap(segment.read(from, from + size));
            windowStart = from;
        }
        return window.limit(from - windowStart + length).position(from - windowStart);
    }
}
