package io.ticketmesh.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * The pen of the log: cuts appends into frames, and begins a new segment when a frame does not fit. After any exception
 * its state is undefined and it must not be used again. Owned by the writer thread.
 */
final class LogWriter {
    private final SegmentAhead ahead;
    private final Checksum checksum;
    private final Consumer<Segment> whenCreated;

    private Segment segment;
    private int offset;
    private Chain chain;

    /** All entries before this index have been forced. */
    private long durableIndex;

    LogWriter(SegmentAhead ahead, Checksum checksum, Segment segment, LogEnd end, Consumer<Segment> whenCreated) {
        this.ahead = ahead;
        this.checksum = checksum;
        this.segment = segment;
        this.offset = end.offset();
        this.chain = end.chain();
        this.durableIndex = end.nextIndex();
        this.whenCreated = whenCreated;
    }

    static int maxEntryBytes(int segmentBytes) {
        int room = segmentBytes - SegmentHeader.BYTES - FrameHeader.BYTES - FrameHeader.ENTRY_BYTES;
        return Math.min(FrameHeader.MAX_PAYLOAD_BYTES, room);
    }

    /** Writes and forces; returns the position of each. */
    long[] append(List<byte[]> payloads) throws IOException {
        long[] positions = new long[payloads.size()];
        int maxFrameBytes = segment.header().segmentBytes() - SegmentHeader.BYTES;
        int written = 0;
        while (written < payloads.size()) {
            int count = Frame.fitting(payloads, written, maxFrameBytes);
            List<byte[]> part = payloads.subList(written, written + count);
            if (Frame.size(part) > segment.header().segmentBytes() - offset) {
                beginSegment();
            }
            int at = offset + FrameHeader.BYTES;
            for (byte[] payload : part) {
                positions[written++] = segment.position(at);
                at += FrameHeader.ENTRY_BYTES + payload.length;
            }
            write(part);
        }
        force();
        if (offset > segment.header().segmentBytes() / 2) {
            ahead.prepare(segment.header());
        }
        return positions;
    }

    private void write(List<byte[]> payloads) throws IOException {
        ByteBuffer frame = Frame.encode(payloads, segment.position(offset), chain, durableIndex, checksum);
        FrameHeader header = FrameHeader.decode(frame);
        segment.write(offset, frame);
        offset += header.length();
        chain = header.chain();
    }

    /** A segment exists only when all before it is durable; so an open never has to guess about any but the last. */
    private void beginSegment() throws IOException {
        if (durableIndex < chain.nextIndex()) {
            force();
        }
        segment = ahead.begin(segment.header().next(chain));
        offset = SegmentHeader.BYTES;
        whenCreated.accept(segment);
    }

    private void force() throws IOException {
        segment.force();
        durableIndex = chain.nextIndex();
    }

    LogEnd end() {
        return new LogEnd(segment.header().number(), offset, chain);
    }
}
