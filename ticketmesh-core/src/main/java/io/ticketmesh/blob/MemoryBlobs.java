package io.ticketmesh.blob;

import io.ticketmesh.causality.WallClock;
import io.ticketmesh.ticket.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps bytes in memory, where they are lost when the process ends. Thread-safe. */
public final class MemoryBlobs implements BlobStore {
    private final long maxBytes;
    private final WallClock clock;

    /** Guarded by this. */
    private final TreeMap<ContentHash, Kept> blobs = new TreeMap<>();

    /** Of those that are kept, and of drafts; guarded by this. */
    private long bytes;

    private record Kept(byte[] content, long atMillis) {}

    /** @param maxBytes the most bytes of all blobs and drafts together */
    public MemoryBlobs(long maxBytes, WallClock clock) {
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public BlobDraft draft() {
        return new Draft();
    }

    @Override
    public synchronized OptionalLong size(ContentHash hash) {
        Kept kept = blobs.get(hash);
        return kept == null ? OptionalLong.empty() : OptionalLong.of(kept.content().length);
    }

    @Override
    public synchronized InputStream open(ContentHash hash, long position) {
        Kept kept = blobs.get(hash);
        if (kept == null) {
            throw new BlobFailedException("There are no bytes " + hash, null);
        }
        int start = Math.toIntExact(position);
        return new ByteArrayInputStream(kept.content(), start, kept.content().length - start);
    }

    @Override
    public synchronized List<ContentHash> list(@Nullable ContentHash after, int max) {
        SortedMap<ContentHash, Kept> above = after == null ? blobs : blobs.tailMap(after, false);
        Iterator<ContentHash> each = above.keySet().iterator();
        List<ContentHash> listed = new ArrayList<>();
        while (each.hasNext() && listed.size() < max) {
            listed.add(each.next());
        }
        return listed;
    }

    @Override
    public synchronized boolean delete(ContentHash hash, long keptBeforeMillis) {
        Kept kept = blobs.get(hash);
        if (kept == null || kept.atMillis() >= keptBeforeMillis) {
            return false;
        }
        blobs.remove(hash);
        bytes -= kept.content().length;
        return true;
    }

    @Override
    public synchronized Finding check(ContentHash hash) {
        Kept kept = blobs.get(hash);
        if (kept == null) {
            return Finding.ABSENT;
        }
        Hashing hashing = new Hashing();
        hashing.add(kept.content(), 0, kept.content().length);
        if (hashing.hash().equals(hash)) {
            return Finding.SOUND;
        }
        blobs.remove(hash);
        bytes -= kept.content().length;
        return Finding.DAMAGED;
    }

    @Override
    public void close() {
        // there is nothing to let go of
    }

    private synchronized void take(long count) {
        if (bytes + count > maxBytes) {
            throw new NoRoomException("Memory holds " + bytes + " bytes of attachments, at most " + maxBytes, null);
        }
        bytes += count;
    }

    private synchronized void giveBack(long count) {
        bytes -= count;
    }

    /** Whether the bytes are new here. */
    private synchronized boolean keep(ContentHash hash, byte[] content) {
        Kept before = blobs.get(hash);
        blobs.put(hash, new Kept(before == null ? content : before.content(), clock.millis()));
        return before == null;
    }

    private final class Draft implements BlobDraft {
        private final Hashing hashing = new Hashing();
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private boolean closed;

        @Override
        public void write(byte[] source, int offset, int length) {
            take(length);
            hashing.add(source, offset, length);
            content.write(source, offset, length);
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public ContentHash hash() {
            return hashing.hash();
        }

        @Override
        public Blob keep() {
            boolean fresh = MemoryBlobs.this.keep(hash(), content.toByteArray());
            Blob blob = new Blob(hash(), size());
            if (fresh) {
                closed = true; // the bytes stay
            }
            close();
            return blob;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                giveBack(content.size());
            }
        }
    }
}
