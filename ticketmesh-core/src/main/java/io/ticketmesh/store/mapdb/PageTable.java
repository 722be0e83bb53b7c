package io.ticketmesh.store.mapdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;

/**
 * Where the newest version of each page is: in memory, in the base file ({@link Page#CLEAN}), nowhere ({@link Page#ZERO}), or
 * not looked at yet (null). One reference a page: whoever reads it has either the version before a change or the one after.
 *
 * <p>Thread-safe without locks. References are published with release and read with acquire, so that the bytes copied before
 * are visible to whoever finds the page; the bytes written later are ordered by MapDB's record locks.
 */
final class PageTable {
    private static final int SEGMENT_SHIFT = 8;
    private static final int SEGMENT_PAGES = 1 << SEGMENT_SHIFT;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Page[].class);

    /** The size of a segment in bytes, 1 MiB: the step in which a volume grows. */
    static final int SEGMENT_BYTES = SEGMENT_PAGES << Page.SHIFT;

    /** The visible segments, a prefix of {@link #all}. */
    private volatile @Nullable Page[][] segments = {};

    /** All segments ever made, also those cut off, because their pages may wait for a checkpoint. Guarded by this. */
    private @Nullable Page[][] all = {};

    /** Returns the slot of a page; fails when the page lies behind the end. */
    @Nullable
    Page at(long page) {
        return (Page) SLOT.getAcquire(segment(segments, page), (int) page & SEGMENT_PAGES - 1);
    }

    void put(long page, Page next) {
        SLOT.setRelease(segment(segments, page), (int) page & SEGMENT_PAGES - 1, next);
    }

    /** Replaces a slot when it still holds {@code expected}; returns whether it did. */
    boolean replace(long page, @Nullable Page expected, @Nullable Page next) {
        return SLOT.compareAndSet(segment(segments, page), (int) page & SEGMENT_PAGES - 1, expected, next);
    }

    /** Lets a page that the base file now holds be read from there, unless it has been changed since. */
    synchronized void retire(Page page) {
        SLOT.compareAndSet(segment(all, page.number), (int) page.number & SEGMENT_PAGES - 1, page, Page.CLEAN);
    }

    @SuppressWarnings("NullAway") // the elements are nullable, not the array
    private static @Nullable Page[] segment(@Nullable Page[][] segments, long page) {
        long segment = page >>> SEGMENT_SHIFT;
        if (segment >= segments.length) {
            throw new DBException.VolumeEOF("page " + page + " lies behind the end of the volume");
        }
        return segments[(int) segment];
    }

    /** The size in bytes, a multiple of {@link #SEGMENT_BYTES}. */
    long length() {
        return (long) segments.length * SEGMENT_BYTES;
    }

    /** Grows or cuts to {@code bytes}, rounded up. What was cut off keeps its slots and has them again after growing. */
    synchronized void resize(long bytes) {
        int count = Math.toIntExact((bytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
        if (count > all.length) {
            int before = all.length;
            all = Arrays.copyOf(all, count);
            for (int i = before; i < count; i++) {
                all[i] = new Page[SEGMENT_PAGES];
            }
        }
        segments = Arrays.copyOf(all, count);
    }
}
