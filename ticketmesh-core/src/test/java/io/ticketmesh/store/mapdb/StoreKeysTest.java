package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.SameStores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of tickets in stores that are opened again and again. */
class StoreKeysTest {
    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void areFoundAfterManyShortLivesWhateverTheNumberOfBuckets(long seed) {
        RandomCommits commits = new RandomCommits(seed);
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        MemoryDisk disk = new MemoryDisk();
        for (int life = 0; life < 24; life++) {
            MapDbOptions options = StoreWorkload.OPTIONS.inline(15).withKeyBuckets(1 << life % 5 / 2 * 2);
            MapDbStore store = MapDbStore.open(disk, () -> RandomCommits.NODE, options);
            SameStores.assertSame(model, store, commits.known());
            for (int i = 0; i < 12; i++) {
                Commit commit = commits.next(model);
                model.commit(commit);
                store.commit(commit);
            }
            if (life % 3 == 0) {
                disk = disk.afterKill(disk.operations());
            } else {
                store.close();
            }
        }
    }
}
