package io.ticketmesh.store.mapdb;

import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.RandomQueries;
import io.ticketmesh.store.SameStores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of a small store are short; here every one is walked through as if it were long. */
class PageWalkTest {
    private final MemoryDisk disk = new MemoryDisk();

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void walksLikeTheOneInMemorySorts(long seed) {
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(seed);
        try (MapDbStore store = MapDbStore.open(disk, () -> RandomCommits.NODE, MapDbOptions.DEFAULT.inline(300))) {
            for (int i = 0; i < 150; i++) {
                Commit commit = commits.next(model);
                model.commit(commit);
                store.commit(commit);
            }
            RandomQueries queries = new RandomQueries(commits.random(), commits.known());
            for (int i = 0; i < 300; i++) {
                SameStores.assertSamePages(
                        model, query -> store.page(query, -1), queries.next());
            }
        }
    }
}
