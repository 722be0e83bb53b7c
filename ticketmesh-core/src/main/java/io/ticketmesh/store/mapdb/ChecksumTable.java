package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The CRC32C of every page of the base file; 0 for a page never written, which reads as zeros. The table is in memory
 * (4 bytes a page) and in a file of its own, in pages that a checkpoint journals like all others.
 *
 * <p>Changed by the checkpoint thread, read by any. Between a write to the base file and the change of its sum stands the
 * monitor of this table: whoever finds a wrong sum looks again while holding it, before calling the page damaged.
 */
final class ChecksumTable implements AutoCloseable {
    /** The sums in one page of the file; behind them its number (8 bytes), 4 unused bytes, and its own checksum. */
    static final int SUMS_PER_PAGE = 1020;

    private static final int NUMBER_AT = SUMS_PER_PAGE * Integer.BYTES;
    private static final int CHECKSUM_AT = Page.BYTES - Integer.BYTES;
    private static final VarHandle SUM = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int[] NO_SUMS = new int[SUMS_PER_PAGE];

    private final DiskFile file;
    private final String name;
    private final byte[] identity;

    /** One array for each page of the file. */
    private volatile int[][] sums = {};

    ChecksumTable(DiskFile file, String name, UUID identity) {
        this.file = file;
        this.name = name;
        this.identity = Identity.bytes(identity);
    }

    /** The sum of a page's 4,096 bytes, never 0. Consumes {@code bytes}. */
    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return nonZero(crc);
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return nonZero(crc);
    }

    private static int nonZero(CRC32C crc) {
        int sum = (int) crc.getValue();
        return sum == 0 ? 1 : sum;
    }

    /** Reads the table of a volume of {@code length} bytes. */
    void load(long length) throws IOException {
        int[][] loaded = new int[count(length >>> Page.SHIFT)][];
        for (int i = 0; i < loaded.length; i++) {
            loaded[i] = decode(i);
        }
        sums = loaded;
    }

    private static int count(long pages) {
        return Math.toIntExact((pages + SUMS_PER_PAGE - 1) / SUMS_PER_PAGE);
    }

    private int[] decode(int number) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(Page.BYTES);
        try {
            file.read((long) number << Page.SHIFT, page);
        } catch (EOFException e) {
            throw new DamagedDatabaseException(name, number, "is missing");
        }
        page.rewind();
        if (page.getLong(NUMBER_AT) != number || page.getInt(CHECKSUM_AT) != ownChecksum(page.array())) {
            throw new DamagedDatabaseException(name, number, "the checksum is wrong");
        }
        int[] decoded = new int[SUMS_PER_PAGE];
        page.asIntBuffer().get(decoded);
        return decoded;
    }

    private byte[] encode(int number, int[] values) {
        ByteBuffer page = ByteBuffer.allocate(Page.BYTES);
        page.asIntBuffer().put(values);
        page.putLong(NUMBER_AT, number);
        return page.putInt(CHECKSUM_AT, ownChecksum(page.array())).array();
    }

    private int ownChecksum(byte[] page) {
        CRC32C crc = new CRC32C();
        crc.update(identity);
        crc.update(page, 0, CHECKSUM_AT);
        return (int) crc.getValue();
    }

    /** The sum of a page, 0 when it was never written. */
    int sum(long page) {
        int[][] now = sums;
        int number = (int) (page / SUMS_PER_PAGE);
        return number < now.length ? (int) SUM.getAcquire(now[number], (int) (page % SUMS_PER_PAGE)) : 0;
    }

    /** One more than the highest page that has a sum. */
    long end() {
        int[][] now = sums;
        for (long page = (long) now.length * SUMS_PER_PAGE; page > 0; page--) {
            if (sum(page - 1) != 0) {
                return page;
            }
        }
        return 0;
    }

    /**
     * The pages of this table's file as they will be once the base file holds {@code pages}: those that change, and those that
     * a longer volume needs for the first time.
     */
    SortedMap<Integer, byte[]> after(Page[] pages, long length) {
        int[][] now = sums;
        SortedMap<Integer, int[]> changed = new TreeMap<>();
        for (int i = now.length; i < count(length >>> Page.SHIFT); i++) {
            changed.put(i, new int[SUMS_PER_PAGE]);
        }
        for (Page page : pages) {
            int number = (int) (page.number / SUMS_PER_PAGE);
            changed.computeIfAbsent(number, i -> (i < now.length ? now[i] : NO_SUMS).clone())[
                            (int) (page.number % SUMS_PER_PAGE)] =
                    checksum(page.bytes);
        }
        SortedMap<Integer, byte[]> encoded = new TreeMap<>();
        changed.forEach((number, values) -> encoded.put(number, encode(number, values)));
        return encoded;
    }

    /** Takes over the sums of these pages. The caller holds the monitor since before it wrote them. */
    void put(Page[] pages, int from, int to) {
        int[][] now = sums;
        int count = count(pages[to - 1].number + 1);
        if (count > now.length) {
            int before = now.length;
            now = Arrays.copyOf(now, count);
            for (int i = before; i < count; i++) {
                now[i] = new int[SUMS_PER_PAGE];
            }
            sums = now;
        }
        for (int i = from; i < to; i++) {
            long page = pages[i].number;
            int[] target = now[(int) (page / SUMS_PER_PAGE)];
            SUM.setRelease(target, (int) (page % SUMS_PER_PAGE), checksum(pages[i].bytes));
        }
    }

    /** Writes one page of this table's file. */
    void write(int number, byte[] page) throws IOException {
        file.write((long) number << Page.SHIFT, ByteBuffer.wrap(page));
    }

    void force() throws IOException {
        file.force();
    }

    /** Compares one page of the file with the memory, if there is such a page. Not while a checkpoint writes. */
    void scrub(int number) throws IOException {
        if (number < sums.length && !Arrays.equals(decode(number), sums[number])) {
            throw new DamagedDatabaseException(name, number, "differs from the memory");
        }
    }

    /** Writes the whole table of a volume of {@code length} bytes into another file, durable. */
    void copyTo(DiskFile target, long length) throws IOException {
        int[][] now = sums;
        for (int i = 0; i < count(length >>> Page.SHIFT); i++) {
            byte[] page = encode(i, i < now.length ? now[i] : NO_SUMS);
            target.write((long) i << Page.SHIFT, ByteBuffer.wrap(page));
        }
        target.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
