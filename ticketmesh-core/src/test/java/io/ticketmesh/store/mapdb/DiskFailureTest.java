package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiskFailureTest {
    private static final int KEYS = 150;

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Integer, Map<Long, String>> history = new HashMap<>();

    @BeforeEach
    void live() throws IOException {
        StoredMaps maps = new StoredMaps(disk, history);
        maps.change(new Random(1), 100, KEYS);
        maps.freeze(1).write();
        maps.close();
    }

    private interface Injection {
        void into(MemoryDisk disk);
    }

    /** Returns whether the injected failure was met by the second checkpoint. */
    private boolean fails(Injection injection, long seed) throws IOException {
        MemoryDisk failing = disk.copy();
        Map<Integer, Map<Long, String>> ownHistory = new HashMap<>(history);
        StoredMaps maps = new StoredMaps(failing, ownHistory);
        maps.change(new Random(seed), 60, KEYS);
        Checkpoint checkpoint = maps.freeze(2);
        injection.into(failing);
        boolean failed = false;
        try {
            checkpoint.write();
        } catch (IOException e) {
            failed = true;
            assertThat(maps.volume.failure()).containsSame(e);
            assertThatThrownBy(() -> maps.volume.backup(new MemoryDisk())).isInstanceOf(IllegalStateException.class);
        }
        assertThat(maps.volume.failed()).isEqualTo(failed);
        if (failed) {
            int operations = failing.operations();
            maps.assertHolds(maps.model);
            maps.change(new Random(seed + 1), 20, KEYS);
            maps.assertHolds(maps.model);
            assertThatThrownBy(() -> maps.volume.freeze(new byte[0])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(checkpoint::write).isInstanceOf(IllegalStateException.class);
            assertThat(failing.operations()).isEqualTo(operations);
        }
        maps.close();
        int end = failing.operations();
        int expected = failed ? 1 : 2;
        assertThat(StoredMaps.verify(failing.afterPowerLoss(end), ownHistory)).isBetween(expected, 2);
        assertThat(StoredMaps.verify(failing.afterPowerLoss(end, new Random(seed)), ownHistory))
                .isBetween(expected, 2);
        MemoryDisk again = failing.afterKill(end);
        again.fullAfter(Long.MAX_VALUE);
        int found = StoredMaps.verify(again, ownHistory);
        assertThat(found).isBetween(expected, 2);
        assertThat(StoredMaps.verify(again.afterPowerLoss(again.operations()), ownHistory))
                .isEqualTo(found);
        return failed;
    }

    @Test
    void aFailedWriteLeavesTheCheckpointBeforeOrAfter() throws IOException {
        int n = 1;
        while (fails(writeFailure(n), n)) {
            n++;
        }
        assertThat(n).isGreaterThan(5);
    }

    private static Injection writeFailure(int n) {
        return failing -> failing.failWrite(n, n * 700 % 5_000);
    }

    @Test
    void aFailedForceIsNotRepeatedAndLosesNothing() throws IOException {
        int n = 1;
        while (fails(forceFailure(n), n)) {
            n++;
        }
        assertThat(n).isEqualTo(5);
    }

    private static Injection forceFailure(int n) {
        return failing -> failing.failForce(n);
    }

    @Test
    void aFullDiskLeavesTheCheckpointBeforeOrAfter() throws IOException {
        int failures = 0;
        for (int bytes = 0; bytes < 1_000_000; bytes += 50_000) {
            failures += fails(room(bytes), bytes) ? 1 : 0;
        }
        assertThat(failures).isGreaterThan(2);
    }

    private static Injection room(long bytes) {
        return failing -> failing.fullAfter(bytes);
    }
}
