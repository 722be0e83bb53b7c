package io.ticketmesh.benchmark;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/** MapDB with its own write-ahead log: one map of records and six indexes. */
final class MapDbLog implements AutoCloseable {
    private static final int INDEXES = 6;

    private final Path file;
    private final byte[] record;
    private final SplittableRandom random = new SplittableRandom(1);
    private DB db;
    private BTreeMap<Long, byte[]> records;
    private List<NavigableSet<byte[]>> indexes;
    private long count;

    private MapDbLog(Path file, int recordBytes) {
        this.file = file;
        this.record = new byte[recordBytes];
        random.nextBytes(record);
        db = maker().make();
        records = records();
        indexes = indexes();
    }

    /** Fills a database, without a log since that is quicker, and opens it with one. */
    static MapDbLog filled(Path file, int recordBytes, long tickets, LongConsumer progress) {
        MapDbLog filled = new MapDbLog(file, recordBytes);
        while (filled.count < tickets) {
            filled.put();
            if (filled.count % 50_000 == 0) {
                progress.accept(filled.count);
            }
        }
        filled.db.close();
        filled.db = filled.maker().transactionEnable().make();
        filled.records = filled.records();
        filled.indexes = filled.indexes();
        return filled;
    }

    private DBMaker.Maker maker() {
        return DBMaker.fileDB(file.toFile()).fileMmapEnable().fileMmapPreclearDisable();
    }

    private BTreeMap<Long, byte[]> records() {
        return db.treeMap("records", Serializer.LONG, Serializer.BYTE_ARRAY)
                .valuesOutsideNodesEnable()
                .createOrOpen();
    }

    private List<NavigableSet<byte[]>> indexes() {
        List<NavigableSet<byte[]>> opened = new ArrayList<>();
        for (int i = 0; i < INDEXES; i++) {
            opened.add(db.treeSet("index" + i, Serializer.BYTE_ARRAY).createOrOpen());
        }
        return opened;
    }

    /** Writes one and commits it, as each of an application's threads would; all at once, so that nobody commits half of another's. */
    synchronized void write() {
        write(1);
    }

    /**
     * Writes a batch and commits it. For one thread, which is more than an application could get: nobody hands it anything, and nobody
     * waits for it.
     */
    void write(int batch) {
        for (int i = 0; i < batch; i++) {
            put();
        }
        db.commit();
    }

    private void put() {
        long number = ++count;
        records.put(number, record);
        for (NavigableSet<byte[]> index : indexes) {
            long value = random.nextInt(50);
            index.add(ByteBuffer.allocate(24)
                    .putLong(value)
                    .putLong(Long.MAX_VALUE - number)
                    .putLong(number)
                    .array());
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
