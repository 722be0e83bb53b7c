package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.MemoryDisk;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The world stops after every single operation of the disk. */
class StoreCrashTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aKillAtAnyMomentLosesNothingThatHadReturned(long seed) {
        StoreWorkload workload = new StoreWorkload(seed, 40, false);
        for (int at = 0; at <= workload.disk.operations(); at++) {
            workload.assertRecovers(workload.disk.afterKill(at), at, at % 9 == 0);
        }
        assertThat(workload.disk.operations()).isGreaterThan(100);
    }

    @Test
    void aKillInTheMiddleOfAnyWriteDoesNeither() {
        StoreWorkload workload = new StoreWorkload(3, 40, false);
        Random random = new Random(3);
        for (int at = 0; at < workload.disk.operations(); at++) {
            int bytes = workload.disk.writtenBytes(at);
            if (bytes > 0) {
                workload.assertRecovers(workload.disk.afterKill(at, random.nextInt(bytes)), at, at % 9 == 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aPowerLossAtAnyMomentDoesNeither(long seed) {
        StoreWorkload workload = new StoreWorkload(seed, 40, false);
        for (int at = 0; at <= workload.disk.operations(); at++) {
            workload.assertRecovers(workload.disk.afterPowerLoss(at), at, at % 9 == 0);
            workload.assertRecovers(workload.disk.afterPowerLoss(at, new Random(at)), at, at % 9 == 1);
        }
    }

    @Test
    void aCommitLargerThanAFrameOfTheLogIsThereAsAWholeOrNotAtAll() {
        StoreWorkload workload = new StoreWorkload(6, 6, true);
        int from = workload.returned.get(3);
        for (int at = from; at <= workload.disk.operations(); at++) {
            workload.assertRecovers(workload.disk.afterKill(at), at, at % 19 == 0);
            workload.assertRecovers(workload.disk.afterPowerLoss(at, new Random(at)), at, at % 19 == 0);
        }
    }

    @Test
    void aSecondCrashWhileTheFirstIsRepairedDoesNoHarm() {
        StoreWorkload workload = new StoreWorkload(7, 30, false);
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(workload.disk.operations());
            MemoryDisk left = workload.disk.afterKill(at);
            int before = left.operations();
            StoreWorkload.open(left).close();
            int again = before + random.nextInt(left.operations() - before + 1);
            workload.assertRecovers(left.afterPowerLoss(again, new Random(i)), at, i % 5 == 0);
        }
    }
}
