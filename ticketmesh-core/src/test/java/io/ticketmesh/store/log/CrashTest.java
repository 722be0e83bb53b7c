package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.log.Script.Promise;
import java.io.IOException;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Stops the world after every single operation of some stories, in every way the disk knows, and opens what is left.
 */
class CrashTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void singleEntriesThroughSeveralSegments() throws IOException {
        Script script = new Script(disk, 512, 60);
        for (int i = 0; i < 40; i++) {
            script.append(1);
        }
        crashEverywhere(script, 25);
    }

    @Test
    void batchesThatSpanSegments() throws IOException {
        Script script = new Script(disk, 1024, 100);
        for (int count : new int[] {3, 17, 1, 40, 2, 25, 8}) {
            script.append(count);
        }
        crashEverywhere(script, 25);
    }

    @Test
    void appendsOfSeveralFramesInOneSegment() throws IOException {
        Script script = new Script(disk, 64 << 10, 3);
        for (int count : new int[] {5, 2100, 1, 1025, 3}) {
            script.append(count);
        }
        crashEverywhere(script, 30);
    }

    @Test
    void truncationsAndRestartsBetweenAppends() throws IOException {
        Script script = new Script(disk, 512, 60);
        for (int i = 1; i <= 40; i++) {
            script.append(1 + i % 3);
            if (i % 7 == 0) {
                script.truncateBefore(script.log().nextIndex() - 5);
            }
            if (i % 5 == 0) {
                script.reopen();
            }
        }
        crashEverywhere(script, 25);
    }

    private void crashEverywhere(Script script, int seeds) throws IOException {
        assertThat(script.log().segments()).isNotEmpty();
        for (int k = 0; k <= disk.operations(); k++) {
            Promise promise = script.promiseAt(k);
            String story = "after operation " + k + " of " + disk.operations() + ", before " + disk.operation(k);
            survives(script, promise, disk.afterKill(k), story + ": killed");
            for (int torn : tears(disk.writtenBytes(k))) {
                survives(script, promise, disk.afterKill(k, torn), story + ": killed, torn at " + torn);
            }
            survives(script, promise, disk.afterPowerLoss(k), story + ": power lost, all unforced dropped");
            for (int seed = 0; seed < seeds; seed++) {
                MemoryDisk crashed = disk.afterPowerLoss(k, new Random(seed));
                survives(script, promise, crashed, story + ": power lost, seed " + seed);
            }
        }
    }

    private static TreeSet<Integer> tears(int length) {
        TreeSet<Integer> tears = new TreeSet<>();
        for (int torn : new int[] {1, 4, 8, 12, 35, 36, 40, 44, 50, length / 2, length - 1}) {
            if (torn > 0 && torn < length) {
                tears.add(torn);
            }
        }
        return tears;
    }

    private static void survives(Script script, Promise promise, MemoryDisk crashed, String story) throws IOException {
        try {
            MemoryDisk untouched = crashed.afterKill(crashed.operations());
            int before = crashed.operations();
            long next;
            try (OperationLog log = script.open(crashed, promise)) {
                script.assertKeeps(promise, log);
                next = log.nextIndex();
            }
            int opened = crashed.operations();
            recoveryMayCrashToo(script, promise, crashed, before);
            Promise seen = new Promise(opened, next, next, promise.truncatedBefore());
            try (OperationLog log = script.open(crashed.afterPowerLoss(opened), seen)) {
                assertThat(log.recovered()).isEmpty();
                script.assertKeeps(seen, log);
            }
            goesOn(script, untouched, promise);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(story + ": " + e.getMessage(), e);
        }
    }

    private static void recoveryMayCrashToo(Script script, Promise promise, MemoryDisk crashed, int from)
            throws IOException {
        for (int k = from; k <= crashed.operations(); k++) {
            MemoryDisk[] disks = {
                crashed.afterKill(k),
                crashed.afterPowerLoss(k),
                crashed.afterPowerLoss(k, new Random(k)),
                crashed.afterPowerLoss(k, new Random(k + 1_000))
            };
            for (MemoryDisk again : disks) {
                try (OperationLog log = script.open(again, promise)) {
                    script.assertKeeps(promise, log);
                }
            }
        }
    }

    /** Appends after the recovery, loses power without warning, and finds the old and the new. */
    private static void goesOn(Script script, MemoryDisk crashed, Promise promise) throws IOException {
        long next;
        try (OperationLog log = script.open(crashed, promise)) {
            log.append(script.payloads(log.nextIndex(), 1));
            log.append(script.payloads(log.nextIndex(), 3));
            next = log.nextIndex();
        }
        Promise more = new Promise(0, next, next, promise.truncatedBefore());
        try (OperationLog log = script.open(crashed.afterPowerLoss(crashed.operations()), more)) {
            assertThat(log.recovered()).isEmpty();
            script.assertKeeps(more, log);
        }
    }
}
