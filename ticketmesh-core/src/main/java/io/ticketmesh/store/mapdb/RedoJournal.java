package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * One of the two files that take turns in holding a checkpoint: a header, the caller's mark, then the changed pages, each with
 * a checksum that covers the checkpoint's number too, so that a page left over from an older checkpoint is never taken for one
 * of this. The file is overwritten in place and never cut, since forcing a file that keeps its size is cheaper.
 *
 * <p>Used by one thread at a time.
 */
final class RedoJournal implements AutoCloseable {
    static final int VERSION = 1;

    private static final long MAGIC = 0x544d_4553_484a_4e0aL; // "TMESHJN\n"
    private static final int HEADER_BYTES = 8 + 4 + Identity.BYTES + 8 + 8 + 4 + 4 + 4 + 4;
    private static final int ENTRY_BYTES = 8 + 4 + Page.BYTES;

    /** The whole entries that fit the write buffer. */
    private static final int BATCH_BYTES = DatabaseFiles.BUFFER_BYTES / ENTRY_BYTES * ENTRY_BYTES;

    private final DiskFile file;
    private final String name;
    private final UUID identity;

    RedoJournal(DiskFile file, String name, UUID identity) {
        this.file = file;
        this.name = name;
        this.identity = identity;
    }

    /** The header of a journal and how many pages follow. */
    record Content(CheckpointHeader checkpoint, int entries) {
        private long entriesAt() {
            return markEnd(checkpoint.mark().length);
        }
    }

    /** Takes the pages of a journal: of the volume, or of the {@link ChecksumTable}'s file. */
    interface Redo {
        void page(long number, ByteBuffer bytes) throws IOException;

        void sums(int number, byte[] bytes) throws IOException;
    }

    String name() {
        return name;
    }

    private static long markEnd(int markBytes) {
        return Page.BYTES + (long) (markBytes + Page.MASK) / Page.BYTES * Page.BYTES;
    }

    /** Writes a checkpoint over what is here and forces it. */
    void write(CheckpointHeader checkpoint, Page[] pages, SortedMap<Integer, byte[]> sums, ByteBuffer buffer)
            throws IOException {
        Content content = new Content(checkpoint, pages.length + sums.size());
        file.write(0, head(content));
        buffer.clear();
        long at = content.entriesAt();
        for (Page page : pages) {
            at = append(at, checkpoint.number(), page.number, page.bytes, buffer);
        }
        for (Map.Entry<Integer, byte[]> page : sums.entrySet()) {
            at = append(at, checkpoint.number(), ~(long) page.getKey(), page.getValue(), buffer);
        }
        flush(at, buffer);
        file.force();
    }

    private ByteBuffer head(Content content) {
        byte[] mark = content.checkpoint().mark();
        ByteBuffer head = ByteBuffer.allocate((int) content.entriesAt());
        head.putLong(MAGIC).putInt(VERSION).put(Identity.bytes(identity));
        head.putLong(content.checkpoint().number()).putLong(content.checkpoint().length());
        head.putInt(content.entries()).putInt(mark.length).putInt(checksum(mark, mark.length));
        head.putInt(checksum(head.array(), HEADER_BYTES - 4));
        return head.put(Page.BYTES, mark).rewind();
    }

    private long append(long at, long checkpoint, long key, byte[] page, ByteBuffer buffer) throws IOException {
        long next = at;
        if (buffer.remaining() < ENTRY_BYTES) {
            next = flush(at, buffer);
        }
        buffer.putLong(key)
                .putInt(checksum(checkpoint, key, ByteBuffer.wrap(page)))
                .put(page);
        return next;
    }

    private long flush(long at, ByteBuffer buffer) throws IOException {
        int size = buffer.flip().remaining();
        if (size > 0) {
            file.write(at, buffer);
        }
        buffer.clear();
        return at + size;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static int checksum(long checkpoint, long key, ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(checkpoint).putLong(key).flip());
        crc.update(page);
        return (int) crc.getValue();
    }

    /**
     * What the journal says it holds; empty when there is nothing, or when header or mark are not whole.
     *
     * @throws ForeignFileException when it belongs to another directory
     */
    Optional<Content> content() throws IOException {
        long size = file.size();
        if (size < Page.BYTES) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES);
        file.read(0, head);
        head.rewind();
        if (head.getInt(HEADER_BYTES - 4) != checksum(head.array(), HEADER_BYTES - 4) || head.getLong() != MAGIC) {
            return Optional.empty();
        }
        int version = head.getInt();
        if (version > VERSION) {
            throw new NewerFormatException(name, version, VERSION);
        }
        UUID owner = Identity.read(head);
        if (!owner.equals(identity)) {
            throw new ForeignFileException(name, "belongs to directory " + owner + ", not to " + identity);
        }
        long number = head.getLong();
        long length = head.getLong();
        int entries = head.getInt();
        int markBytes = head.getInt();
        int markChecksum = head.getInt();
        if (markBytes < 0
                || markBytes > CheckpointHeader.MAX_MARK_BYTES
                || entries < 0
                || size < markEnd(markBytes) + (long) entries * ENTRY_BYTES) {
            return Optional.empty();
        }
        byte[] mark = new byte[markBytes];
        file.read(Page.BYTES, ByteBuffer.wrap(mark));
        if (markChecksum != checksum(mark, markBytes)) {
            return Optional.empty();
        }
        return Optional.of(new Content(new CheckpointHeader(number, length, mark), entries));
    }

    /** Whether every page of {@code content} is as it was written. */
    boolean whole(Content content, ByteBuffer buffer) throws IOException {
        return scan(content, buffer, new Redo() {
            @Override
            public void page(long number, ByteBuffer bytes) {}

            @Override
            public void sums(int number, byte[] bytes) {}
        });
    }

    /** Hands all pages of {@code content}, which is {@link #whole}, to {@code redo}. */
    void replay(Content content, ByteBuffer buffer, Redo redo) throws IOException {
        if (!scan(content, buffer, redo)) {
            throw new IOException(name + " reads differently the second time");
        }
    }

    /**
     * Writes {@code content} once more over itself and forces it. After a kill it may be readable without being durable, and
     * after a failed force the system may take it for durable while it is not; written anew it is neither.
     */
    void harden(Content content, ByteBuffer buffer) throws IOException {
        long end = content.entriesAt() + (long) content.entries() * ENTRY_BYTES;
        for (long at = 0; at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            file.read(at, buffer);
            file.write(at, buffer.flip());
        }
        file.force();
    }

    private boolean scan(Content content, ByteBuffer buffer, Redo redo) throws IOException {
        long at = content.entriesAt();
        long end = at + (long) content.entries() * ENTRY_BYTES;
        while (at < end) {
            buffer.clear().limit((int) Math.min(BATCH_BYTES, end - at));
            file.read(at, buffer);
            at += buffer.flip().remaining();
            while (buffer.hasRemaining()) {
                long key = buffer.getLong();
                int checksum = buffer.getInt();
                ByteBuffer page = buffer.slice(buffer.position(), Page.BYTES);
                buffer.position(buffer.position() + Page.BYTES);
                if (checksum != checksum(content.checkpoint().number(), key, page.duplicate())) {
                    return false;
                }
                if (key >= 0) {
                    redo.page(key, page);
                } else {
                    byte[] bytes = new byte[Page.BYTES];
                    page.get(bytes);
                    redo.sums((int) ~key, bytes);
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
