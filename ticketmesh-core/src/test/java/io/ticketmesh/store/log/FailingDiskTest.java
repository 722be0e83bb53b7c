package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.store.log.Script.Promise;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A disk that refuses a write or a force ends all writing, and nothing that was acknowledged is lost by it. */
class FailingDiskTest {
    private interface Failure {
        void inject(MemoryDisk disk);
    }

    @Test
    void everyFailingWriteEndsWriting() throws IOException {
        for (int n = 1; n <= 40; n++) {
            int nth = n;
            for (int torn : new int[] {0, 1, 20, 60, 300}) {
                failOnce(disk -> disk.failWrite(nth, torn), "write " + n + " torn at " + torn);
            }
        }
    }

    @Test
    void everyFailingForceEndsWriting() throws IOException {
        for (int n = 1; n <= 40; n++) {
            int nth = n;
            failOnce(disk -> disk.failForce(nth), "force " + n);
        }
    }

    @Test
    void aFullDiskEndsWriting() throws IOException {
        for (int bytes = 0; bytes < 1600; bytes += 50) {
            int free = bytes;
            failOnce(disk -> disk.fullAfter(free), "full after " + bytes);
        }
    }

    private static void failOnce(Failure failure, String story) throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Script script = new Script(disk, 512, 60);
        script.append(2);
        failure.inject(disk);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++) {
                        script.append(1 + i % 3);
                    }
                })
                .as(story)
                .isInstanceOf(LogPoisonedException.class)
                .hasRootCauseInstanceOf(IOException.class);

        int operations = disk.operations();
        Promise promise = script.promiseAt(operations);
        assertThatThrownBy(() -> script.log().append(script.payloads(1, 1))).isInstanceOf(LogPoisonedException.class);
        assertThatThrownBy(() -> script.log().truncateBefore(1)).isInstanceOf(LogPoisonedException.class);
        script.assertWhole(script.log());
        script.log().close();
        assertThat(disk.operations()).as("nothing is tried again: " + story).isEqualTo(operations);

        MemoryDisk restarted = disk.afterKill(operations);
        long next;
        try (OperationLog log = script.open(restarted, promise)) {
            script.assertKeeps(promise, log);
            log.append(script.payloads(log.nextIndex(), 2));
            next = log.nextIndex();
        }
        for (int seed = 0; seed < 5; seed++) {
            try (OperationLog log = script.open(disk.afterPowerLoss(operations, new Random(seed)), promise)) {
                script.assertKeeps(promise, log);
            }
        }
        if (!disk.operation(operations - 1).startsWith("FailedForceDirectory")) {
            Promise more = new Promise(0, next, next, 1);
            try (OperationLog log = script.open(restarted.afterPowerLoss(restarted.operations()), more)) {
                script.assertKeeps(more, log);
            }
        }
    }

    @Test
    void aFailingForceOfTheDirectoryEndsTruncation() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        Script script = new Script(disk, 512, 60);
        for (int i = 0; i < 40; i++) {
            script.append(1);
        }
        disk.failForce(2);
        assertThatThrownBy(() -> script.truncateBefore(30)).isInstanceOf(LogPoisonedException.class);
        for (int seed = 0; seed < 20; seed++) {
            MemoryDisk crashed = disk.afterPowerLoss(disk.operations(), new Random(seed));
            Promise promise = script.promiseAt(disk.operations());
            try (OperationLog log = script.open(crashed, promise)) {
                script.assertKeeps(promise, log);
            }
        }
    }
}
