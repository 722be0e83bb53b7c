package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The opening of a log: checks it, and only when nothing is wrong repairs what a crash may leave.
 *
 * <p>A crash may leave an unfinished segment file, and behind the last frame a part of an append that nobody was told
 * to be durable. Frames of such an append that are whole are kept, so they are made durable here. For that their bytes
 * are written again: after a failed force, the operating system may believe bytes to be on disk that are not, and would
 * skip them.
 */
final class Recovery {
    private final Disk disk;
    private final LogOptions options;
    private final Checksum checksum;
    private final List<Segment> segments = new ArrayList<>();

    /** Where in its segment the last append begins, as far as it lies there. */
    private int lastAppend = SegmentHeader.BYTES;

    /**
     * A log that is ready.
     *
     * @param tail what was cut off, if anything
     */
    record Result(List<Segment> segments, LogEnd end, Optional<TornTail> tail) {}

    private Recovery(Disk disk, LogOptions options, Checksum checksum) {
        this.disk = disk;
        this.options = options;
        this.checksum = checksum;
    }

    static Result run(Disk disk, LogOptions options, Checksum checksum) throws IOException {
        Recovery recovery = new Recovery(disk, options, checksum);
        try {
            return recovery.run();
        } catch (IOException | RuntimeException | Error e) {
            for (Segment segment : recovery.segments) {
                segment.close();
            }
            throw e;
        }
    }

    private Result run() throws IOException {
        List<String> names = disk.list();
        List<String> segmentNames =
                names.stream().filter(SegmentHeader::isSegment).toList();
        if (segmentNames.isEmpty()) {
            refuseLostLog();
            removeUnfinished(names);
            Segment first = create();
            return new Result(List.of(first), endBehind(new FrameScanner(first, checksum)), Optional.empty());
        }
        openAll(segmentNames);
        FrameScanner last = verify();
        Tail tail = new Tail(last);
        int tailEnd = tail.end();
        refuse(last, tailEnd > last.offset() ? tail.proofOfLoss(tailEnd) : null);
        removeUnfinished(names);
        repair(last, tailEnd);
        return new Result(List.copyOf(segments), endBehind(last), report(last, tailEnd));
    }

    private Segment create() throws IOException {
        Segment first =
                Segment.create(disk, new SegmentHeader(options.identity(), options.segmentBytes(), 1, Chain.BEGINNING));
        segments.add(first);
        return first;
    }

    /**
     * A deletion that is still open could let a later renaming find the old file after a power loss: hence the force.
     */
    private void removeUnfinished(List<String> names) throws IOException {
        List<String> unfinished =
                names.stream().filter(SegmentHeader::isUnfinished).toList();
        for (String name : unfinished) {
            disk.delete(name);
        }
        if (!unfinished.isEmpty()) {
            disk.forceDirectory();
        }
    }

    private void refuseLostLog() throws CorruptLogException {
        if (options.durableBefore() > Chain.BEGINNING.nextIndex()) {
            throw new CorruptLogException(
                    SegmentHeader.name(1),
                    0,
                    "there is no segment at all, but entries before index " + options.durableBefore()
                            + " were durable");
        }
    }

    private void openAll(List<String> names) throws IOException {
        for (String name : names) {
            Segment segment = Segment.open(disk, name, options.identity());
            segments.add(segment);
            SegmentHeader header = segment.header();
            SegmentHeader first = segments.get(0).header();
            long expected = first.number() + segments.size() - 1;
            if (header.number() != expected) {
                throw new CorruptLogException(
                        SegmentHeader.name(expected), 0, "this segment is missing, although " + name + " is there");
            }
            if (header.segmentBytes() != first.segmentBytes()) {
                throw new CorruptLogException(
                        name,
                        0,
                        "it has segments of " + header.segmentBytes() + " bytes, others of " + first.segmentBytes());
            }
        }
    }

    /** Checks all frames that are not known to be durable, and returns the scanner that has reached the last. */
    private FrameScanner verify() throws IOException {
        int first = firstToVerify();
        for (int i = first; ; i++) {
            FrameScanner scanner = new FrameScanner(segments.get(i), checksum);
            scanAll(scanner);
            if (i == segments.size() - 1) {
                return scanner;
            }
            Segment next = segments.get(i + 1);
            if (!next.header().chain().equals(scanner.chain())) {
                throw new CorruptLogException(
                        scanner.segment().name(),
                        scanner.offset(),
                        "there is no whole frame with index " + scanner.chain().nextIndex() + ", although "
                                + next.name() + " goes on with index " + next.firstIndex());
            }
        }
    }

    private int firstToVerify() throws CorruptLogException {
        Segment oldest = segments.get(0);
        if (options.durableBefore() > 0 && oldest.firstIndex() > options.durableBefore()) {
            throw new CorruptLogException(
                    oldest.name(),
                    0,
                    "the log begins with index " + oldest.firstIndex() + ", but entries from index "
                            + options.durableBefore() + " on are needed; earlier segments are missing");
        }
        for (int i = segments.size() - 1; i > 0; i--) {
            if (segments.get(i).firstIndex() <= options.durableBefore()) {
                return i;
            }
        }
        return 0;
    }

    private void scanAll(FrameScanner scanner) throws IOException {
        int segmentBytes = scanner.segment().header().segmentBytes();
        lastAppend = scanner.offset();
        long durableIndex = 0;
        for (Frame frame = scanner.next(segmentBytes); frame != null; frame = scanner.next(segmentBytes)) {
            if (frame.header().durableIndex() != durableIndex) {
                durableIndex = frame.header().durableIndex();
                lastAppend = frame.offset();
            }
        }
    }

    private void refuse(FrameScanner last, @Nullable Frame proof) throws CorruptLogException {
        String name = last.segment().name();
        long nextIndex = last.chain().nextIndex();
        if (proof != null) {
            throw new CorruptLogException(
                    name,
                    last.offset(),
                    "there is no whole frame with index " + nextIndex + ", although a later one is at offset "
                            + proof.offset() + " with index " + proof.header().firstIndex());
        }
        if (nextIndex < options.durableBefore()) {
            throw new CorruptLogException(
                    name,
                    last.offset(),
                    "the log ends before index " + nextIndex + ", but entries before index " + options.durableBefore()
                            + " were durable");
        }
    }

    private void repair(FrameScanner last, int tailEnd) throws IOException {
        last.segment().rewrite(lastAppend, last.offset());
        if (tailEnd > last.offset()) {
            last.segment().clear(last.offset(), tailEnd);
        }
        last.segment().force();
        disk.forceDirectory();
    }

    private static Optional<TornTail> report(FrameScanner last, int tailEnd) {
        int bytes = tailEnd - last.offset();
        return bytes == 0
                ? Optional.empty()
                : Optional.of(new TornTail(
                        last.segment().name(),
                        last.offset(),
                        bytes,
                        last.chain().nextIndex()));
    }

    private static LogEnd endBehind(FrameScanner last) {
        return new LogEnd(last.segment().header().number(), last.offset(), last.chain());
    }
}
