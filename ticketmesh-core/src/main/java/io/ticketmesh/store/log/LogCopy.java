package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.util.List;

/** A copy of a log as it was at one moment. */
final class LogCopy {
    private final List<Segment> segments;
    private final LogEnd end;
    private final Checksum checksum;

    LogCopy(List<Segment> segments, LogEnd end, Checksum checksum) {
        this.segments = segments;
        this.end = end;
        this.checksum = checksum;
    }

    /** Copies frames that begin before an index; returns the index behind them. */
    long write(Disk target, long beforeIndex) throws IOException {
        if (target.list().stream()
                .anyMatch(name -> SegmentHeader.isSegment(name) || SegmentHeader.isUnfinished(name))) {
            throw new IllegalArgumentException("the disk already holds segments of a log");
        }
        long nextIndex = segments.get(0).firstIndex();
        for (Segment segment : segments) {
            boolean first = segment == segments.get(0);
            boolean durable = segment.header().number() <= end.segment();
            if (first || durable && segment.firstIndex() < Math.min(beforeIndex, end.nextIndex())) {
                nextIndex = copy(segment, target, beforeIndex);
            }
        }
        return nextIndex;
    }

    private long copy(Segment segment, Disk target, long beforeIndex) throws IOException {
        FrameScanner scanner = new FrameScanner(segment, checksum);
        int limit = end.limitOf(segment);
        boolean more = true;
        while (more && scanner.chain().nextIndex() < beforeIndex) {
            more = scanner.next(limit) != null;
        }
        refuseDamage(scanner, beforeIndex);
        try (Segment copy = Segment.create(target, segment.header())) {
            copy.copy(segment, SegmentHeader.BYTES, scanner.offset());
            copy.force();
        }
        return scanner.chain().nextIndex();
    }

    private void refuseDamage(FrameScanner scanner, long beforeIndex) throws CorruptLogException {
        Segment segment = scanner.segment();
        int following = segments.indexOf(segment) + 1;
        Chain expected = following < segments.size() && segment.header().number() < end.segment()
                ? segments.get(following).header().chain()
                : end.chain();
        if (scanner.chain().nextIndex() < Math.min(beforeIndex, expected.nextIndex())) {
            throw new CorruptLogException(
                    segment.name(),
                    scanner.offset(),
                    "there is no whole frame with index " + scanner.chain().nextIndex());
        }
    }
}
