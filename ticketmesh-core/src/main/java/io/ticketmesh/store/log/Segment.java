package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * One file of the log: a header, frames without a gap, zeros. It has its full size and its name only when header and
 * zeros are durable; so a file that is short, or has no header, was damaged and not merely interrupted.
 *
 * <p>Read by any thread, written by the writer.
 */
final class Segment implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final SegmentHeader header;
    private final DiskFile file;
    private volatile boolean dropped;

    private Segment(SegmentHeader header, DiskFile file) {
        this.header = header;
        this.file = file;
    }

    /** Creates a segment without frames, durable when this returns. */
    static Segment create(Disk disk, SegmentHeader header) throws IOException {
        fill(disk, header.unfinishedName(), header.segmentBytes(), () -> false);
        return finish(disk, header);
    }

    /**
     * Makes a file that is to become a segment: zeros, durable piece by piece, so that who forces another file meanwhile waits for one
     * piece at most.
     *
     * @return whether it is whole; false when it was given up
     */
    static boolean fill(Disk disk, String unfinishedName, int segmentBytes, BooleanSupplier givenUp)
            throws IOException {
        try (DiskFile file = disk.open(unfinishedName)) {
            for (int at = 0; at < segmentBytes && !givenUp.getAsBoolean(); at += CHUNK_BYTES) {
                fillWithZeros(file, at, Math.min(segmentBytes, at + CHUNK_BYTES));
                file.force();
            }
            return file.size() == segmentBytes;
        }
    }

    /** Makes a file that was filled a segment, durable when this returns. */
    static Segment finish(Disk disk, SegmentHeader header) throws IOException {
        try (DiskFile file = disk.open(header.unfinishedName())) {
            file.write(0, header.encode());
            file.force();
        }
        disk.rename(header.unfinishedName(), header.name());
        disk.forceDirectory();
        return new Segment(header, disk.open(header.name()));
    }

    /** Opens an existing segment and checks its header and its size. */
    static Segment open(Disk disk, String name, UUID identity) throws IOException {
        DiskFile file = disk.open(name);
        try {
            if (file.size() < SegmentHeader.BYTES) {
                throw new CorruptLogException(name, file.size(), "the file ends within the segment's header");
            }
            ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
            file.read(0, bytes);
            SegmentHeader header = SegmentHeader.decode(name, bytes.flip(), identity);
            if (file.size() != header.segmentBytes()) {
                throw new CorruptLogException(
                        name,
                        Math.min(file.size(), header.segmentBytes()),
                        "the file has " + file.size() + " bytes instead of " + header.segmentBytes());
            }
            return new Segment(header, file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    SegmentHeader header() {
        return header;
    }

    String name() {
        return header.name();
    }

    long firstIndex() {
        return header.chain().nextIndex();
    }

    /** The position of an offset. */
    long position(int offset) {
        return header.number() * header.segmentBytes() + offset;
    }

    void read(int offset, ByteBuffer target) throws IOException {
        try {
            file.read(offset, target);
        } catch (IOException e) {
            if (dropped) {
                throw new EntryNotFoundException(name() + " has been truncated");
            }
            throw e;
        }
    }

    byte[] read(int from, int to) throws IOException {
        byte[] bytes = new byte[to - from];
        read(from, ByteBuffer.wrap(bytes));
        return bytes;
    }

    void write(int offset, ByteBuffer bytes) throws IOException {
        file.write(offset, bytes);
    }

    /** Writes the bytes of a range over themselves. */
    void rewrite(int from, int to) throws IOException {
        for (int at = from; at < to; at += CHUNK_BYTES) {
            file.write(at, ByteBuffer.wrap(read(at, Math.min(at + CHUNK_BYTES, to))));
        }
    }

    /** Takes a range of bytes over from the same segment of another disk. */
    void copy(Segment source, int from, int to) throws IOException {
        for (int at = from; at < to; at += CHUNK_BYTES) {
            file.write(at, ByteBuffer.wrap(source.read(at, Math.min(at + CHUNK_BYTES, to))));
        }
    }

    void clear(int from, int to) throws IOException {
        fillWithZeros(file, from, to);
    }

    private static void fillWithZeros(DiskFile file, int from, int to) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(Math.min(CHUNK_BYTES, to - from));
        for (int at = from; at < to; at += CHUNK_BYTES) {
            file.write(at, zeros.clear().limit(Math.min(CHUNK_BYTES, to - at)));
        }
    }

    void force() throws IOException {
        file.force();
    }

    /** Closes it for good; readers are told that it was truncated. */
    void drop() throws IOException {
        dropped = true;
        file.close();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
