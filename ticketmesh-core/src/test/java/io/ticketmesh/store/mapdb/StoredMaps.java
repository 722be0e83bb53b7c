package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/** A B-tree and a hash map of MapDB on a volume, beside what they should hold, now and at each mark. */
final class StoredMaps implements AutoCloseable {
    static final UUID IDENTITY = new UUID(0x1234, 0x5678);

    /** Small pieces, so that images of the disk stay small. */
    static final int CHUNK_SHIFT = 18;

    final CheckpointedVolume volume;
    private final DB db;
    final BTreeMap<Long, String> tree;
    final HTreeMap<Long, String> hash;
    final TreeMap<Long, String> model = new TreeMap<>();

    /** What the maps held when the mark was frozen. */
    final Map<Integer, Map<Long, String>> history;

    StoredMaps(Disk disk, Map<Integer, Map<Long, String>> history) throws IOException {
        this(CheckpointedVolume.open(disk, IDENTITY, CHUNK_SHIFT), history);
    }

    StoredMaps(CheckpointedVolume volume, Map<Integer, Map<Long, String>> history) {
        this.volume = volume;
        this.history = history;
        this.db = DBMaker.volumeDB(volume, volume.existed()).make();
        this.tree = db.treeMap("tree", Serializer.LONG, Serializer.STRING)
                .valuesOutsideNodesEnable()
                .createOrOpen();
        this.hash = db.hashMap("hash", Serializer.LONG, Serializer.STRING).createOrOpen();
        if (volume.existed()) {
            model.putAll(history.get(openedMark(volume)));
        }
    }

    static int openedMark(CheckpointedVolume volume) {
        return volume.openedMark().map(mark -> ByteBuffer.wrap(mark).getInt()).orElse(0);
    }

    /** Random changes; values are of all sizes, from inside the index to chained over several records. */
    void change(Random random, int count, int keys) {
        for (int i = 0; i < count; i++) {
            long key = random.nextInt(keys);
            if (random.nextInt(4) == 0) {
                tree.remove(key);
                hash.remove(key);
                model.remove(key);
            } else {
                String value = value(random);
                tree.put(key, value);
                hash.put(key, value);
                model.put(key, value);
            }
        }
    }

    private static String value(Random random) {
        int kind = random.nextInt(200);
        int size =
                kind == 0 ? 70_000 + random.nextInt(70_000) : kind < 20 ? random.nextInt(9_000) : random.nextInt(300);
        return Character.toString('a' + random.nextInt(26)).repeat(size);
    }

    Checkpoint freeze(int mark) {
        db.commit();
        Checkpoint checkpoint =
                volume.freeze(ByteBuffer.allocate(8).putInt(mark).array());
        history.put(mark, new TreeMap<>(model));
        return checkpoint;
    }

    /** Reads everything back; the iterators read the structure, the look-ups read it again by key. */
    void assertHolds(Map<Long, String> expected) {
        assertThat(new TreeMap<>(tree)).isEqualTo(expected);
        assertThat(new TreeMap<>(hash)).isEqualTo(expected);
        expected.forEach((key, value) -> {
            assertThat(tree.get(key)).isEqualTo(value);
            assertThat(hash.get(key)).isEqualTo(value);
        });
    }

    /** MapDB's own check of its structure. */
    void assertStructureIsWhole() {
        db.getStore().verify();
    }

    /** Opens what is on the disk, compares it with the state at its mark, and returns the mark; 0 for a first start. */
    static int verify(Disk disk, Map<Integer, Map<Long, String>> history) throws IOException {
        try (CheckpointedVolume volume = CheckpointedVolume.open(disk, IDENTITY, CHUNK_SHIFT)) {
            int mark = openedMark(volume);
            StoredMaps maps = new StoredMaps(volume, history);
            maps.assertHolds(history.getOrDefault(mark, Map.of()));
            return mark;
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
