package io.ticketmesh.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What lies behind the last frame of the last segment: zeros, or what a crash has left, or what damage has left. */
final class Tail {
    private static final int CHUNK_BYTES = 1 << 20;

    private final FrameScanner scanner;
    private final Segment segment;
    private final int start;
    private final int segmentBytes;

    /** @param scanner one that has reached the last frame */
    Tail(FrameScanner scanner) {
        this.scanner = scanner;
        this.segment = scanner.segment();
        this.start = scanner.offset();
        this.segmentBytes = segment.header().segmentBytes();
    }

    /** The offset behind the last byte that is not zero; where the frames end when there is none. */
    int end() throws IOException {
        byte[] zeros = new byte[Math.min(CHUNK_BYTES, segmentBytes - start)];
        int end = start;
        for (int at = start; at < segmentBytes; at += CHUNK_BYTES) {
            byte[] chunk = segment.read(at, Math.min(at + CHUNK_BYTES, segmentBytes));
            if (Arrays.mismatch(chunk, 0, chunk.length, zeros, 0, chunk.length) >= 0) {
                int last = chunk.length;
                while (chunk[last - 1] == 0) {
                    last--;
                }
                end = at + last;
            }
        }
        return end;
    }

    /**
     * A frame that no crash can have left here, or null: a whole one that stands where the next should but continues
     * something else, or one that was written when entries that are missing now had already been forced.
     *
     * @param end where to stop the search
     */
    @Nullable
    Frame proofOfLoss(int end) throws IOException {
        Frame frame = scanner.at(start, segmentBytes);
        if (frame != null) {
            return frame;
        }
        for (int at = start; at < end; at += CHUNK_BYTES) {
            int overlap = Math.min(at + CHUNK_BYTES + Integer.BYTES - 1, segmentBytes);
            ByteBuffer chunk = ByteBuffer.wrap(segment.read(at, overlap));
            for (int i = 0; i <= chunk.limit() - Integer.BYTES; i++) {
                if (chunk.get(i) == (byte) (FrameHeader.MAGIC >>> 24) && chunk.getInt(i) == FrameHeader.MAGIC) {
                    frame = scanner.at(at + i, segmentBytes);
                    if (frame != null
                            && frame.header().durableIndex() > scanner.chain().nextIndex()) {
                        return frame;
                    }
                }
            }
        }
        return null;
    }
}
