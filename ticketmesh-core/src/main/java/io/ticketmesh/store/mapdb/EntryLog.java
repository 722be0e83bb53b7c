package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.store.log.Appended;
import io.ticketmesh.store.log.LogCursor;
import io.ticketmesh.store.log.OperationLog;
import io.ticketmesh.wire.TooLargeException;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operation log as commits of entries. The log keeps a frame whole, and nearly every commit is one frame; a larger one is
 * announced by a mark in front of it, and what a crash has left of it is declared void at the next open.
 *
 * <p>Writing is for the writer, reading for any thread.
 */
final class EntryLog implements AutoCloseable {
    /** No entry begins with this byte, since the wire's record numbers start at 20. */
    private static final byte MARK = 0;

    private static final int FRAME_OVERHEAD_BYTES = 64;
    private static final int ENTRY_OVERHEAD_BYTES = 8;
    private static final int MAX_FRAME_ENTRIES = 1024;

    private final OperationLog log;
    private final WireCodec codec;

    EntryLog(OperationLog log, WireCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /** Takes entries in their order; those of one commit come in one call, with how many bytes they have in the log. */
    interface CommitVisitor {
        void visit(List<StoredEntry> commit, long bytes) throws IOException;
    }

    /**
     * Appends the entries of one commit and returns when they are durable. An adopted state that is too large for one entry
     * becomes several, which have the same effect.
     *
     * @throws IOException when the disk failed; the log takes nothing more then
     * @throws RuntimeException when an entry has no encoding; nothing has been written
     */
    List<StoredEntry> append(List<LogEntry> entries) throws IOException {
        List<LogEntry> parts = new ArrayList<>(entries.size());
        List<byte[]> payloads = new ArrayList<>(entries.size() + 1);
        entries.forEach(entry -> encode(entry, parts, payloads));
        int marks = fitsOneFrame(payloads) ? 0 : 1;
        if (marks > 0) {
            payloads.add(
                    0, ByteBuffer.allocate(5).put(MARK).putInt(parts.size()).array());
        }
        Appended appended = log.append(payloads);
        List<StoredEntry> stored = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            int place = i + marks;
            stored.add(new StoredEntry(appended.firstIndex() + place, appended.position(place), parts.get(i)));
        }
        return stored;
    }

    private void encode(LogEntry entry, List<LogEntry> parts, List<byte[]> payloads) {
        byte[] payload = tryEncode(entry);
        if (payload == null) {
            TicketState.Living living = (TicketState.Living) ((LogEntry.Adopted) entry).state();
            living.halves().forEach(half -> encode(new LogEntry.Adopted(half), parts, payloads));
        } else {
            parts.add(entry);
            payloads.add(payload);
        }
    }

    /** The bytes of an entry; null when they are too many and the entry can be split. */
    private byte @Nullable [] tryEncode(LogEntry entry) {
        boolean splits = entry instanceof LogEntry.Adopted adopted
                && adopted.state() instanceof TicketState.Living living
                && living.splits();
        try {
            byte[] payload = codec.encodeEntry(entry);
            return splits && payload.length > log.maxEntryBytes() ? null : payload;
        } catch (TooLargeException larger) {
            if (splits) {
                return null;
            }
            throw larger;
        }
    }

    private boolean fitsOneFrame(List<byte[]> payloads) {
        long bytes = FRAME_OVERHEAD_BYTES;
        for (byte[] payload : payloads) {
            bytes += payload.length + ENTRY_OVERHEAD_BYTES;
        }
        return payloads.size() == 1 || payloads.size() <= MAX_FRAME_ENTRIES && bytes <= log.maxEntryBytes();
    }

    /** Reads one entry. */
    LogEntry read(long position) throws IOException {
        return codec.decodeEntry(log.read(position));
    }

    /** Visits all whole commits from an index on, and declares a half one at the end void. */
    void replay(long fromIndex, CommitVisitor visitor) throws IOException {
        LogCursor cursor = log.cursor(fromIndex);
        List<StoredEntry> pending = new ArrayList<>();
        int missing = 0;
        long bytes = 0;
        Optional<io.ticketmesh.store.log.LogEntry> next = cursor.next();
        while (next.isPresent()) {
            byte[] payload = next.get().payload();
            if (payload.length > 0 && payload[0] == MARK) {
                pending.clear();
                bytes = 0;
                missing =
                        payload.length == 1 ? 0 : ByteBuffer.wrap(payload, 1, 4).getInt();
            } else {
                pending.add(new StoredEntry(next.get().index(), next.get().position(), codec.decodeEntry(payload)));
                bytes += payload.length;
                missing = Math.max(0, missing - 1);
                if (missing == 0) {
                    visitor.visit(pending, bytes);
                    pending = new ArrayList<>();
                    bytes = 0;
                }
            }
            next = cursor.next();
        }
        if (missing > 0) {
            log.append(List.of(new byte[] {MARK}));
        }
    }

    /** The index of the last entry; 0 when there is none. */
    long lastIndex() {
        return log.nextIndex() - 1;
    }

    /** Copies all that is durable now. */
    void copyTo(Disk target) throws IOException {
        log.copyTo(target, log.nextIndex());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
