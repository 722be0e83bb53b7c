package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.SameStores;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DB;
import org.mapdb.DBMaker;

/** A database of an earlier format, which lacks lists that this version reads. */
class EarlierFormatTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isBuiltAnewFromTheLog(int format) throws IOException {
        StoreWorkload workload = new StoreWorkload(67, 60, false);
        writeFormat(workload.disk, format);
        assertThatThrownBy(
                        () -> Database.open(workload.disk, RandomCommits.NODE, new WireCodec(), StoreWorkload.OPTIONS)
                                .close())
                .isInstanceOf(OutdatedDatabaseException.class)
                .hasMessageContaining("format " + format);
        try (MapDbStore store = StoreWorkload.open(workload.disk)) {
            SameStores.assertSame(workload.models.get(60), store, workload.commits.known());
        }
        try (MapDbStore again = StoreWorkload.open(workload.disk)) {
            SameStores.assertSame(workload.models.get(60), again, workload.commits.known());
        }
    }

    private static void writeFormat(Disk disk, int format) throws IOException {
        CheckpointedVolume volume = CheckpointedVolume.open(disk, Database.identity(RandomCommits.NODE));
        DB db = DBMaker.volumeDB(volume, true).make();
        byte[] mark = volume.openedMark().orElseThrow();
        long record = ByteBuffer.wrap(mark).getLong();
        Records records = new Records(db.getStore());
        byte[] bytes = Objects.requireNonNull(records.read(record));
        ByteBuffer.wrap(bytes).putInt(0, format);
        records.replace(record, bytes);
        db.commit();
        volume.freeze(mark).write();
        volume.close();
    }
}
