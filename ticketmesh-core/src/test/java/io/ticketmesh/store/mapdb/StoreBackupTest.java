package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.DamagedDirectoryException;
import io.ticketmesh.store.ForeignDirectoryException;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.SameStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupTest {
    @TempDir
    private Path parent;

    @Test
    void aCopyHoldsEverythingUpToTheCallWhileCommitsGoOn() throws InterruptedException {
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        RandomCommits commits = new RandomCommits(51);
        List<MemoryStore> models = new ArrayList<>();
        MapDbOptions options = MapDbOptions.DEFAULT.withSegmentBytes(1 << 20).withCheckpointOperations(100);
        try (MapDbStore store = MapDbStore.open(parent.resolve("store"), () -> RandomCommits.NODE, options)) {
            for (int i = 0; i < 100; i++) {
                commit(commits, model, store);
            }
            models.add(model.copy());
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread copier = new Thread(() -> {
                try {
                    store.backup(parent.resolve("copy"));
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            copier.start();
            for (int i = 0; i < 200 || copier.isAlive(); i++) {
                commit(commits, model, store);
                models.add(model.copy());
            }
            copier.join();
            assertThat(failure.get()).isNull();
        }
        try (MapDbStore copy = MapDbStore.open(parent.resolve("copy"), () -> new NodeId(9, 9), options)) {
            MemoryStore same = models.stream()
                    .filter(one -> Arrays.equals(one.buckets(), copy.buckets())
                            && one.version().equals(copy.version())
                            && one.incarnation() == copy.incarnation()
                            && one.clockBound().equals(copy.clockBound())
                            && one.floor().equals(copy.floor())
                            && one.roster().equals(copy.roster()))
                    .findFirst()
                    .orElseThrow();
            SameStores.assertSame(same, copy, commits.known());
            copy.commit(commits.next(copy));
        }
    }

    private static void commit(RandomCommits commits, MemoryStore model, MapDbStore store) {
        Commit commit = commits.next(model);
        model.commit(commit);
        store.commit(commit);
    }

    @Test
    void aCopyBeforeTheFirstCheckpointIsBuiltFromItsLog() {
        MemoryDisk disk = new MemoryDisk();
        MemoryDisk target = new MemoryDisk();
        RandomCommits commits = new RandomCommits(52);
        MapDbOptions options = MapDbOptions.DEFAULT.inline(1_000_000).withSegmentBytes(64 << 10);
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        try (MapDbStore store = MapDbStore.open(disk, () -> RandomCommits.NODE, options)) {
            for (int i = 0; i < 30; i++) {
                commit(commits, model, store);
            }
            store.backup(target);
        }
        try (MapDbStore copy = StoreWorkload.open(target)) {
            SameStores.assertSame(model, copy, commits.known());
        }
    }

    @Test
    void aCopyThatWasCutOffIsRefusedAtOpen() {
        StoreWorkload workload = new StoreWorkload(53, 40, false);
        MemoryDisk target = new MemoryDisk();
        try (MapDbStore store = StoreWorkload.open(workload.disk)) {
            store.backup(target);
        }
        for (int at = 1; at < target.operations(); at++) {
            MemoryDisk cut = target.afterKill(at);
            if (!cut.exists("node") && cut.list().stream().anyMatch(StoreFiles::isOurs)) {
                assertThatThrownBy(() -> StoreWorkload.open(cut)).isInstanceOf(DamagedDirectoryException.class);
            }
        }
        try (MapDbStore copy = StoreWorkload.open(target.afterPowerLoss(target.operations()))) {
            workload.assertHolds(copy, 40, true);
        }
    }

    @Test
    void aTargetThatIsNotEmptyIsLeftAlone() {
        StoreWorkload workload = new StoreWorkload(54, 10, false);
        MemoryDisk target = new MemoryDisk();
        target.open("something");
        try (MapDbStore store = StoreWorkload.open(workload.disk)) {
            assertThatThrownBy(() -> store.backup(target)).isInstanceOf(ForeignDirectoryException.class);
        }
        assertThat(target.list()).containsExactly("something");
    }
}
