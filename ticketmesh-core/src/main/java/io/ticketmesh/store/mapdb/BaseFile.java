package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The file that holds every page as of the newest applied checkpoint: a header, two {@link CheckpointSlot}s, then the pages.
 * It is read through read-only maps of fixed size and grows in steps of that size, ahead of need.
 *
 * <p>Changed by one thread at a time; read by any.
 */
final class BaseFile implements AutoCloseable {
    static final int VERSION = 1;

    /** Pages start here. Page 0 of the file is the header, pages 1 and 2 the slots, page 3 is unused. */
    static final int FIRST_PAGE_AT = 4 * Page.BYTES;

    /** The most pages that one write holds. */
    static final int RUN_PAGES = 256;

    private static final long MAGIC = 0x544d_4553_4844_420aL; // "TMESHDB\n"
    private static final int HEADER_BYTES = 8 + 4 + 4 + Identity.BYTES + 4;

    private final DiskFile file;
    private final byte[] identity;
    private final int chunkShift;
    private final long chunkMask;

    /** Replaced, never changed; each chunk stays where it is for good. */
    private volatile ByteBuffer[] chunks = {};

    private BaseFile(DiskFile file, byte[] identity, int chunkShift) {
        this.file = file;
        this.identity = identity;
        this.chunkShift = chunkShift;
        this.chunkMask = (1L << chunkShift) - 1;
    }

    /** Writes a header and blank slots, durable, into a file that nobody uses under this name yet. */
    static void create(Disk disk, String name, UUID identity) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(FIRST_PAGE_AT);
        header.putLong(MAGIC).putInt(VERSION).putInt(Page.BYTES).put(Identity.bytes(identity));
        header.putInt(checksum(header));
        disk.delete(name);
        try (DiskFile file = disk.open(name)) {
            file.write(0, header.rewind());
            file.force();
        }
    }

    /** @throws ForeignFileException when it is not ours or not of this identity */
    static BaseFile open(Disk disk, String name, UUID identity, int chunkShift) throws IOException {
        DiskFile file = disk.open(name);
        try {
            UUID found = identity(file, name);
            if (file.size() < FIRST_PAGE_AT) {
                throw new DamagedDatabaseException(name, DamagedDatabaseException.NO_PAGE, "ends within its header");
            }
            if (!found.equals(identity)) {
                throw new ForeignFileException(name, "belongs to directory " + found + ", not to " + identity);
            }
            return new BaseFile(file, Identity.bytes(identity), chunkShift);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Checks the header and returns the identity in it. */
    static UUID identity(DiskFile file, String name) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try {
            file.read(0, header);
        } catch (EOFException e) {
            throw new DamagedDatabaseException(name, DamagedDatabaseException.NO_PAGE, "ends within its header");
        }
        header.rewind();
        if (header.getLong() != MAGIC) {
            throw new ForeignFileException(name, "is not a database of TicketMesh");
        }
        int version = header.getInt();
        int pageBytes = header.getInt();
        UUID identity = Identity.read(header);
        if (header.getInt() != checksum(header)) {
            throw new DamagedDatabaseException(
                    name, DamagedDatabaseException.NO_PAGE, "the header's checksum is wrong");
        }
        if (version > VERSION) {
            throw new NewerFormatException(name, version, VERSION);
        }
        if (version < 1 || pageBytes != Page.BYTES) {
            throw new ForeignFileException(name, "has version " + version + " and pages of " + pageBytes + " bytes");
        }
        return identity;
    }

    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear().limit(HEADER_BYTES - 4));
        return (int) crc.getValue();
    }

    // Slots

    CheckpointSlot slot(int parity) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CheckpointSlot.BYTES);
        file.read((long) (1 + parity) * Page.BYTES, bytes);
        return CheckpointSlot.decode(identity, bytes);
    }

    void putSlot(CheckpointSlot slot) throws IOException {
        file.write((1 + (slot.number() & 1)) * Page.BYTES, slot.encode(identity));
    }

    // Pages

    /** Grows the file and its maps until they hold {@code pages} pages. */
    void ensure(long pages) throws IOException {
        ByteBuffer[] before = chunks;
        int count = Math.toIntExact(((pages << Page.SHIFT) + chunkMask) >>> chunkShift);
        if (count <= before.length) {
            return;
        }
        long size = FIRST_PAGE_AT + ((long) count << chunkShift);
        if (file.size() < size) {
            file.resize(size);
        }
        ByteBuffer[] after = Arrays.copyOf(before, count);
        for (int i = before.length; i < count; i++) {
            after[i] = file.map(FIRST_PAGE_AT + ((long) i << chunkShift), 1 << chunkShift);
        }
        chunks = after;
    }

    /** Writes consecutive pages, as many as {@code bytes} holds. The file must have been grown before. */
    void write(long firstPage, ByteBuffer bytes) throws IOException {
        file.write(FIRST_PAGE_AT + (firstPage << Page.SHIFT), bytes);
    }

    void force() throws IOException {
        file.force();
    }

    byte getByte(long offset) {
        return chunks[(int) (offset >>> chunkShift)].get((int) (offset & chunkMask));
    }

    int getInt(long offset) {
        return chunks[(int) (offset >>> chunkShift)].getInt((int) (offset & chunkMask));
    }

    long getLong(long offset) {
        return chunks[(int) (offset >>> chunkShift)].getLong((int) (offset & chunkMask));
    }

    /** Copies bytes that lie inside one page. */
    void get(long offset, byte[] target, int at, int size) {
        chunks[(int) (offset >>> chunkShift)].get((int) (offset & chunkMask), target, at, size);
    }

    /** A view of a page. */
    ByteBuffer page(long page) {
        long offset = page << Page.SHIFT;
        return chunks[(int) (offset >>> chunkShift)].slice((int) (offset & chunkMask), Page.BYTES);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
