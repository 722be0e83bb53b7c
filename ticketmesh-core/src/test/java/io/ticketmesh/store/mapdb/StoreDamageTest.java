package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.DamagedDirectoryException;
import io.ticketmesh.store.DamagedStoreException;
import io.ticketmesh.store.DirectoryRefusedException;
import io.ticketmesh.store.StoreFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that are not what was written, and disks that refuse to write. */
class StoreDamageTest {
    private static final int COMMITS = 60;

    private final StoreWorkload workload = new StoreWorkload(41, COMMITS, false);

    private static void flip(MemoryDisk disk, String name, long at, int bit) throws IOException {
        try (DiskFile file = disk.open(name)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(at, one);
            file.write(at, ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1 << bit)}));
        }
    }

    /** The files have large empty parts, where a flipped bit hits nothing. */
    private static long writtenPlace(MemoryDisk disk, String name, Random random) throws IOException {
        try (DiskFile file = disk.open(name)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(0, bytes);
            int at = random.nextInt(bytes.capacity());
            while (bytes.get(at) == 0) {
                at = random.nextInt(bytes.capacity());
            }
            return at;
        }
    }

    /** Reads everything until it is whole; every answer on the way is right or a specific exception. */
    private boolean isWholeAfterOneRestart(MemoryDisk disk) {
        try (MapDbStore store = StoreWorkload.open(disk)) {
            workload.assertHolds(store, COMMITS, true);
            return true;
        } catch (DamagedStoreException found) {
            assertThat(disk.exists("rebuild")).as(found.getMessage()).isTrue();
        }
        try (MapDbStore store = StoreWorkload.open(disk)) {
            workload.assertHolds(store, COMMITS, true);
            return false;
        }
    }

    @Test
    void flippedBitsInTheDatabaseAreNeverServedAndTheNextStartRepairsThem() throws IOException {
        Random random = new Random(1);
        int noticed = 0;
        for (String name : List.of("database", "database.sums", "database.journal-0", "database.journal-1")) {
            for (int i = 0; i < 40; i++) {
                MemoryDisk disk = workload.disk.copy();
                flip(disk, name, writtenPlace(disk, name, random), random.nextInt(8));
                noticed += isWholeAfterOneRestart(disk) ? 0 : 1;
            }
        }
        assertThat(noticed).isPositive();
    }

    @Test
    void flippedBitsInTheLogAreFoundWhereTheyAreRead() throws IOException {
        Random random = new Random(2);
        int noticed = 0;
        String name = "segment-0000000001.log";
        for (int i = 0; i < 120; i++) {
            MemoryDisk disk = workload.disk.copy();
            flip(disk, name, random.nextInt(60_000), random.nextInt(8));
            try (MapDbStore store = StoreWorkload.open(disk)) {
                workload.assertHolds(store, COMMITS, true);
            } catch (DamagedStoreException | DamagedDirectoryException found) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(50);
    }

    @Test
    void lostFilesOfTheDatabaseAreMadeAnewFromTheLog() throws IOException {
        for (String name : List.of("database", "database.sums", "database.journal-0", "database.journal-1")) {
            MemoryDisk disk = workload.disk.copy();
            disk.delete(name);
            assertThat(isWholeAfterOneRestart(disk)).as(name).isTrue();
        }
        MemoryDisk disk = workload.disk.copy();
        for (String name : disk.list()) {
            if (name.startsWith("database")) {
                disk.delete(name);
            }
        }
        try (MapDbStore store = StoreWorkload.open(disk)) {
            workload.assertHolds(store, COMMITS, true);
        }
    }

    @Test
    void aKillWhileTheDatabaseIsMadeAnewDoesNoHarm() throws IOException {
        MemoryDisk disk = workload.disk.copy();
        StoreFiles.condemn(disk);
        StoreWorkload.open(disk).close();
        for (int at = 0; at <= disk.operations(); at++) {
            MemoryDisk left = disk.afterKill(at);
            try (MapDbStore store = StoreWorkload.open(left)) {
                workload.assertHolds(store, COMMITS, at % 10 == 0);
            }
        }
    }

    @Test
    void aLostLogIsRefused() throws IOException {
        MemoryDisk disk = workload.disk.copy();
        disk.delete("segment-0000000001.log");
        assertThatThrownBy(() -> StoreWorkload.open(disk)).isInstanceOf(DirectoryRefusedException.class);
    }

    @Test
    void afterAFailedWriteOrForceNoCommitIsTakenAndReadingGoesOn() {
        for (int n = 1; n <= 14; n++) {
            for (boolean force : new boolean[] {false, true}) {
                fail(n, force);
            }
        }
    }

    private void fail(int n, boolean force) {
        MemoryDisk disk = new MemoryDisk();
        StoreWorkload before = new StoreWorkload(42, 30, false, disk);
        MapDbStore store = StoreWorkload.open(disk);
        if (force) {
            disk.failForce(n);
        } else {
            disk.failWrite(n, n % 5);
        }
        int held = 30;
        boolean refused = false;
        for (int i = 0; i < 40 && !refused; i++) {
            Commit commit = before.commits.next(store);
            try {
                store.commit(commit);
                held++;
            } catch (StoreFailedException failure) {
                refused = true;
                assertThat(failure).hasMessageContaining("injected");
            }
        }
        assertThat(refused).isTrue();
        long[] sums = store.buckets();
        long position = store.position();
        assertThatThrownBy(() -> store.commit(before.commits.next(store))).isInstanceOf(StoreFailedException.class);
        assertThat(store.counts().living()).isPositive();
        store.close();
        try (MapDbStore again = StoreWorkload.open(disk)) {
            assertThat(again.position()).isGreaterThanOrEqualTo(position);
            if (again.position() == position) {
                assertThat(again.buckets()).isEqualTo(sums);
            }
            again.commit(before.commits.next(again));
        }
        assertThat(held).isGreaterThanOrEqualTo(30);
    }

    /** The log alone is a whole store. */
    @Test
    void whatCouldNotBeCheckpointedCanStillBeCopied() {
        MemoryDisk disk = workload.disk.copy();
        try (MapDbStore store = StoreWorkload.open(disk)) {
            store.commit(workload.commits.next(store));
            disk.failForce(1);
            assertThatThrownBy(store::checkpoint).isInstanceOf(StoreFailedException.class);
            MemoryDisk target = new MemoryDisk();
            store.backup(target);
            try (MapDbStore copy = StoreWorkload.open(target)) {
                assertThat(copy.position()).isEqualTo(store.position());
                assertThat(copy.buckets()).isEqualTo(store.buckets());
            }
        }
    }

    @Test
    void anErrorAtTheLastCheckpointLeavesNothingOpen() throws IOException {
        MemoryDisk disk = workload.disk.copy();
        BusyDisk busy = new BusyDisk(disk);
        MapDbStore store = StoreWorkload.open(busy);
        store.commit(workload.commits.next(store));
        long position = store.position();
        busy.meanwhile(() -> {
            throw new InternalError("A test");
        });
        assertThatThrownBy(store::close).isInstanceOf(InternalError.class);

        for (String name : disk.list()) {
            disk.rename(name, name + "-moved"); // refused when it is open
            disk.rename(name + "-moved", name);
        }
        try (MapDbStore again = StoreWorkload.open(disk)) {
            assertThat(again.position()).isEqualTo(position);
        }
    }

    @Test
    void aFullDiskFailsTheCommitAndNothingElse() {
        MemoryDisk disk = workload.disk.copy();
        MapDbStore store = StoreWorkload.open(disk);
        disk.fullAfter(10_000);
        assertThatThrownBy(() -> {
                    while (true) {
                        store.commit(workload.commits.next(store));
                    }
                })
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("no space left");
        long[] sums = store.buckets();
        store.close();
        disk.fullAfter(Long.MAX_VALUE);
        try (MapDbStore again = StoreWorkload.open(disk)) {
            assertThat(again.buckets()).isEqualTo(sums);
        }
    }
}
