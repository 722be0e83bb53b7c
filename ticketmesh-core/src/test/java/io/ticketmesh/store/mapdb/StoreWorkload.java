package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.RandomQueries;
import io.ticketmesh.store.SameStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commits to a store on a disk that remembers, and what must be there after each. */
final class StoreWorkload {
    static final MapDbOptions OPTIONS =
            MapDbOptions.DEFAULT.inline(40).withSegmentBytes(64 << 10).withKeyBuckets(4);

    final MemoryDisk disk;
    final RandomCommits commits;
    final List<Commit> committed = new ArrayList<>();

    /** The store after so many commits. */
    final List<MemoryStore> models = new ArrayList<>();

    /** How many operations of the disk had happened when so many commits had returned. */
    final List<Integer> returned = new ArrayList<>();

    private final List<Long> positions = new ArrayList<>();

    /** The commits of {@code seed}, the last of which is large when {@code large}. */
    StoreWorkload(long seed, int count, boolean large) {
        this(seed, count, large, new MemoryDisk());
    }

    StoreWorkload(long seed, int count, boolean large, MemoryDisk disk) {
        this.disk = disk;
        commits = new RandomCommits(seed);
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        try (MapDbStore store = open(disk)) {
            remember(model, store);
            for (int i = 0; i < count; i++) {
                Commit commit = i == count / 2 && large ? commits.large(model, 1_100) : commits.next(model);
                model.commit(commit);
                store.commit(commit);
                committed.add(commit);
                remember(model, store);
            }
        }
    }

    private void remember(MemoryStore model, MapDbStore store) {
        models.add(model.copy());
        returned.add(disk.operations());
        positions.add(store.position());
    }

    static MapDbStore open(Disk disk) {
        return MapDbStore.open(disk, () -> RandomCommits.NODE, OPTIONS);
    }

    /** Opens what a crash at an operation of the disk has left, and wants every commit that had returned, and no half one. */
    void assertRecovers(Disk left, int crashPoint, boolean thoroughly) {
        int acknowledged = 0;
        while (acknowledged + 1 < returned.size() && returned.get(acknowledged + 1) <= crashPoint) {
            acknowledged++;
        }
        int found;
        try (MapDbStore store = open(left)) {
            found = held(store, acknowledged);
            assertHolds(store, found, thoroughly);
            if (found < committed.size()) {
                store.commit(committed.get(found));
                found++;
                assertThat(store.buckets()).isEqualTo(models.get(found).buckets());
            }
        }
        if (thoroughly) {
            try (MapDbStore store = open(left)) {
                assertHolds(store, found, true);
            }
        }
    }

    private int held(MapDbStore store, int acknowledged) {
        boolean next = acknowledged + 1 < models.size()
                && !store.version().equals(models.get(acknowledged).version());
        boolean further = acknowledged + 1 < models.size() && store.position() >= positions.get(acknowledged + 1);
        return next || further ? acknowledged + 1 : acknowledged;
    }

    void assertHolds(MapDbStore store, int count, boolean thoroughly) {
        MemoryStore model = models.get(count);
        assertThat(store.version()).isEqualTo(model.version());
        assertThat(store.buckets()).isEqualTo(model.buckets());
        assertThat(store.counts()).isEqualTo(model.counts());
        if (thoroughly) {
            SameStores.assertSame(model, store, commits.known());
            RandomQueries queries = new RandomQueries(new Random(count), commits.known());
            for (int i = 0; i < 10; i++) {
                SameStores.assertSamePages(model, query -> store.page(query, -1), queries.next());
            }
        }
    }
}
