package io.ticketmesh.store.log;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The segments of a log, oldest first, never empty. Changed by the writer only, read by any thread. */
final class SegmentList implements AutoCloseable {
    private final Disk disk;

    /** Immutable; replaced at each change. Numbers follow each other without a gap. */
    private volatile List<Segment> segments;

    /** No longer part of the log, but their files may still be there. Must be deleted in order, or a gap remains. */
    private final Deque<Segment> dropped = new ArrayDeque<>();

    SegmentList(Disk disk, List<Segment> segments) {
        this.disk = disk;
        this.segments = List.copyOf(segments);
    }

    List<Segment> all() {
        return segments;
    }

    Segment oldest() {
        return segments.get(0);
    }

    Segment newest() {
        List<Segment> all = segments;
        return all.get(all.size() - 1);
    }

    Optional<Segment> numbered(long number) {
        List<Segment> all = segments;
        long place = number - all.get(0).header().number();
        return place < 0 || place >= all.size() ? Optional.empty() : Optional.of(all.get((int) place));
    }

    /** The segment that holds an index, or will hold it. */
    Optional<Segment> holding(long index) {
        List<Segment> all = segments;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).firstIndex() <= index) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    void add(Segment segment) {
        List<Segment> more = new ArrayList<>(segments);
        more.add(segment);
        segments = List.copyOf(more);
    }

    /** Takes all segments that end before an index out of the log. */
    void dropBefore(long index) {
        List<Segment> all = segments;
        int kept = 0;
        while (kept < all.size() - 1 && all.get(kept + 1).firstIndex() <= index) {
            dropped.add(all.get(kept++));
        }
        segments = List.copyOf(all.subList(kept, all.size()));
    }

    boolean hasDropped() {
        return !dropped.isEmpty();
    }

    /** Closes and deletes the oldest file of those taken out. After an exception it can be repeated. */
    void deleteOldestDropped() throws IOException {
        dropped.element().drop();
        disk.delete(dropped.element().name());
        dropped.remove();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        List<Segment> open = new ArrayList<>(segments);
        open.addAll(dropped);
        for (Segment segment : open) {
            try {
                segment.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
