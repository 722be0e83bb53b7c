package io.ticketmesh.disk;

import java.util.Arrays;

/** The bytes of a file in memory, in pages that copies share until one of them writes. */
final class Content {
    private static final int PAGE_BYTES = 4096;

    private record Page(Object owner, byte[] bytes) {}

    private Object owner = new Object();
    private Page[] pages = new Page[0];
    private long size;

    Content copy() {
        owner = new Object();
        Content copy = new Content();
        copy.pages = pages.clone();
        copy.size = size;
        return copy;
    }

    long size() {
        return size;
    }

    byte[] read(long position, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int index = Math.toIntExact((position + done) / PAGE_BYTES);
            int offset = (int) ((position + done) % PAGE_BYTES);
            int part = Math.min(length - done, PAGE_BYTES - offset);
            if (index < pages.length && pages[index] != null) {
                System.arraycopy(pages[index].bytes, offset, bytes, done, part);
            }
            done += part;
        }
        return bytes;
    }

    void write(long position, byte[] bytes, int from, int to) {
        for (int done = from; done < to; ) {
            int index = Math.toIntExact((position + done) / PAGE_BYTES);
            int offset = (int) ((position + done) % PAGE_BYTES);
            int part = Math.min(to - done, PAGE_BYTES - offset);
            System.arraycopy(bytes, done, own(index), offset, part);
            done += part;
        }
        if (to > from) {
            size = Math.max(size, position + to);
        }
    }

    void resize(long newSize) {
        if (newSize < size) {
            int kept = Math.toIntExact((newSize + PAGE_BYTES - 1) / PAGE_BYTES);
            pages = Arrays.copyOf(pages, Math.min(kept, pages.length));
            int rest = (int) (newSize % PAGE_BYTES);
            if (rest > 0 && kept <= pages.length && pages[kept - 1] != null) {
                Arrays.fill(own(kept - 1), rest, PAGE_BYTES, (byte) 0);
            }
        }
        size = newSize;
    }

    private byte[] own(int index) {
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, pages.length * 2));
        }
        Page page = pages[index];
        if (page == null || page.owner != owner) {
            page = new Page(owner, page == null ? new byte[PAGE_BYTES] : page.bytes.clone());
            pages[index] = page;
        }
        return page.bytes;
    }
}
