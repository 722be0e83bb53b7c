package io.ticketmesh.store.mapdb;

import java.util.Arrays;
import java.util.Comparator;

/** The pages changed in one generation. Owned by the writer until it is frozen, then by the checkpoint. */
final class PageSet {
    private Page[] pages = new Page[64];

    /** Volatile for {@link #bytes()}, which any thread may ask. */
    private volatile int size;

    void add(Page page) {
        int count = size;
        if (count == pages.length) {
            pages = Arrays.copyOf(pages, 2 * count);
        }
        pages[count] = page;
        size = count + 1;
    }

    long bytes() {
        return (long) size << Page.SHIFT;
    }

    /** All pages by ascending number; each occurs once. */
    Page[] sorted() {
        Page[] sorted = Arrays.copyOf(pages, size);
        Arrays.sort(sorted, Comparator.comparingLong(page -> page.number));
        return sorted;
    }
}
