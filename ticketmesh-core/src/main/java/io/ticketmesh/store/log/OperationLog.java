package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log of opaque entries on a disk, and the one durable thing of a replica: what {@link #append} has
 * returned for survives a kill of the process and a loss of power, and every other file can be rebuilt from it.
 *
 * <p>Entries are numbered from 1 without gaps (their <em>index</em>), and each has a <em>position</em> that never
 * changes, at which it can be read alone: segment number × segment size + offset. Positions grow with indexes.
 *
 * <p>Owned by one writer thread: {@code append}, {@code truncateBefore} and {@code close} are for it alone, and it must
 * not be interrupted while it appends. All else may be called by any thread at any time. Any failed write or force
 * poisons the log for good: nothing is tried twice, reading goes on, and a restart finds out what is there.
 *
 * <p>The log keeps each segment file open, and nothing of its content in memory.
 */
public final class OperationLog implements AutoCloseable {
    private static final int FIRST_READ_BYTES = 1024;

    private final Disk disk;
    private final int segmentBytes;
    private final Checksum checksum;
    private final SegmentList segments;
    private final SegmentAhead ahead;
    private final LogWriter writer;
    private final @Nullable TornTail recovered;

    /** The end of what readers may see; moves only after a force. */
    private volatile LogEnd end;

    private volatile @Nullable Throwable poison;

    private volatile boolean closed;

    private OperationLog(Disk disk, Checksum checksum, boolean fillsAhead, Recovery.Result found) {
        this.disk = disk;
        this.checksum = checksum;
        this.segments = new SegmentList(disk, found.segments());
        this.segmentBytes = segments.newest().header().segmentBytes();
        this.end = found.end();
        this.recovered = found.tail().orElse(null);
        this.ahead = new SegmentAhead(disk, fillsAhead);
        this.writer = new LogWriter(ahead, checksum, segments.newest(), end, segments::add);
    }

    /**
     * Opens the log of a disk, or creates it when there is none. Checks the headers of all segments, and all frames of
     * those segments that may hold entries from {@link LogOptions#durableBefore()} on (about 1 s for 1 GiB); what a
     * crash has left behind the last frame is cut off, see {@link #recovered()}. Ignores files of other names.
     *
     * @throws CorruptLogException when something durable is missing or changed; nothing has been written then
     * @throws ForeignLogException when it belongs to another directory
     * @throws NewerFormatException when a newer version has written it
     */
    public static OperationLog open(Disk disk, LogOptions options) throws IOException {
        Checksum checksum = new Checksum(options.identity());
        return new OperationLog(disk, checksum, options.ahead(), Recovery.run(disk, options, checksum));
    }

    /** What was cut off at open because a crash had left it half written; for a line in the log of the application. */
    public Optional<TornTail> recovered() {
        return Optional.ofNullable(recovered);
    }

    /** The largest entry: 1 MiB, or less when segments are too small for it. */
    public int maxEntryBytes() {
        return LogWriter.maxEntryBytes(segmentBytes);
    }

    /**
     * Appends entries and returns when they are durable, after one force (and one more at the end of each segment). Up
     * to 1,024 entries and 1 MiB are one frame, which survives a crash as a whole or not at all; a longer list becomes
     * several frames, of which a crash before the return may keep the first ones. An empty list does nothing.
     *
     * @throws IllegalArgumentException when an entry is larger than {@link #maxEntryBytes()}; nothing has been written
     * @throws LogPoisonedException when writing fails or has failed before; whether the entries survive is unknown
     */
    public synchronized Appended append(List<byte[]> payloads) throws IOException {
        refusePoisoned();
        List<byte[]> given = List.copyOf(payloads);
        for (byte[] payload : given) {
            if (payload.length > maxEntryBytes()) {
                throw new IllegalArgumentException(
                        "an entry has " + payload.length + " bytes, at most " + maxEntryBytes() + " are possible");
            }
        }
        long firstIndex = end.nextIndex();
        if (given.isEmpty()) {
            return new Appended(firstIndex, new long[0]);
        }
        try {
            long[] positions = writer.append(given);
            end = writer.end();
            return new Appended(firstIndex, positions);
        } catch (IOException | RuntimeException | Error e) {
            throw poisoned(e);
        }
    }

    private void refusePoisoned() throws IOException {
        if (closed) {
            throw new IOException("the log is closed");
        }
        Throwable cause = poison;
        if (cause != null) {
            throw new LogPoisonedException(cause);
        }
    }

    private LogPoisonedException poisoned(Throwable cause) {
        poison = cause;
        return new LogPoisonedException(cause);
    }

    /**
     * Reads one entry.
     *
     * @param position as {@link Appended#position} or {@link LogEntry#position} gave it; at any other the answer is an
     *     exception
     * @throws EntryNotFoundException when the position was truncated or lies behind the durable end
     * @throws CorruptLogException when the bytes there are not an entry that was written there
     */
    public byte[] read(long position) throws IOException {
        LogEnd known = end;
        Segment segment = segments.numbered(Math.floorDiv(position, (long) segmentBytes))
                .orElseThrow(() -> new EntryNotFoundException("no segment holds position " + position));
        int offset = Math.floorMod(position, segmentBytes);
        int limit = segment.header().number() > known.segment() ? 0 : known.limitOf(segment);
        if (offset < SegmentHeader.BYTES + FrameHeader.BYTES || offset > limit - FrameHeader.ENTRY_BYTES) {
            throw new EntryNotFoundException("no entry is at position " + position);
        }
        ByteBuffer first = ByteBuffer.wrap(segment.read(offset, Math.min(limit, offset + FIRST_READ_BYTES)));
        int length = first.getInt();
        int expected = first.getInt();
        if (length < 0 || length > Math.min(maxEntryBytes(), limit - offset - FrameHeader.ENTRY_BYTES)) {
            throw new CorruptLogException(segment.name(), offset, "no entry begins here");
        }
        byte[] payload = new byte[length];
        int already = Math.min(length, first.remaining());
        first.get(payload, 0, already);
        int rest = offset + FrameHeader.ENTRY_BYTES + already;
        segment.read(rest, ByteBuffer.wrap(payload, already, length - already));
        if (Frame.entryChecksum(payload, position, checksum) != expected) {
            throw new CorruptLogException(segment.name(), offset, "the checksum of the entry is wrong");
        }
        return payload;
    }

    /**
     * A cursor whose first entry is the one with this index. To find it, it reads the segment of that index from its
     * beginning.
     *
     * @param fromIndex from {@link #firstIndex()} to {@link #nextIndex()}
     * @throws EntryNotFoundException when the index lies outside of that range
     */
    public LogCursor cursor(long fromIndex) throws EntryNotFoundException {
        Optional<Segment> first = segments.holding(fromIndex);
        if (first.isEmpty() || fromIndex > end.nextIndex()) {
            throw new EntryNotFoundException("index " + fromIndex + " is not in the log, which holds " + firstIndex()
                    + " to " + (nextIndex() - 1));
        }
        return new LogCursor(segments, checksum, () -> end, first.get(), fromIndex);
    }

    /** Visits all entries from an index on, as {@link #cursor} would return them. */
    public void forEach(long fromIndex, EntryVisitor visitor) throws IOException {
        LogCursor cursor = cursor(fromIndex);
        for (Optional<LogEntry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
            visitor.visit(entry.get());
        }
    }

    /** The index of the oldest entry that is still there; equal to {@link #nextIndex()} when there is none. */
    public long firstIndex() {
        return segments.oldest().firstIndex();
    }

    /** The index that the next entry will get; all before it are durable. */
    public long nextIndex() {
        return end.nextIndex();
    }

    /**
     * Deletes the segments that hold only entries before this index. The last segment always stays, so some entries
     * before it usually remain. A file that cannot be deleted now is tried again at the next call.
     *
     * @throws LogPoisonedException when a deletion could not be made durable
     */
    public synchronized void truncateBefore(long index) throws IOException {
        refusePoisoned();
        segments.dropBefore(Math.min(index, nextIndex()));
        while (segments.hasDropped()) {
            segments.deleteOldestDropped();
            try {
                disk.forceDirectory();
            } catch (IOException e) {
                throw poisoned(e);
            }
        }
    }

    /**
     * The files of the log and how much of each is valid now, oldest first. Copies of the files that are at least so
     * long, filled up with zeros to the full size, are a valid log; {@link #copyTo} makes such copies.
     */
    public List<SegmentExtent> segments() {
        LogEnd known = end;
        return segments.all().stream()
                .filter(segment -> segment.header().number() <= known.segment())
                .map(segment -> new SegmentExtent(segment.name(), segment.firstIndex(), known.limitOf(segment)))
                .toList();
    }

    /**
     * Copies the log to another disk while appends go on, and checks each frame on the way. The copy is complete and
     * durable when this returns; it has the same identity and the same positions.
     *
     * @param beforeIndex all entries before this index are copied, and those that share a frame with them
     * @return the next index of the copy
     * @throws IllegalArgumentException when the other disk already holds segments
     * @throws EntryNotFoundException when the log was truncated meanwhile; the copy is useless then
     */
    public long copyTo(Disk target, long beforeIndex) throws IOException {
        return new LogCopy(segments.all(), end, checksum).write(target, beforeIndex);
    }

    /** Closes all files. Nothing needs to be forced: what was not durable was never acknowledged. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        ahead.close();
        segments.close();
    }
}
