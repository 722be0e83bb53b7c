package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The world is stopped after every single operation on the disk, from the first start to several overlapping checkpoints. */
class CheckpointCrashTest {
    private static final int KEYS = 150;

    /** Operations of the disk during which a checkpoint was written. */
    private record Span(int mark, int from, int to) {}

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Integer, Map<Long, String>> history = new HashMap<>();
    private final List<Span> spans = new ArrayList<>();

    /** Four checkpoints; while each is written, changes go on between any two operations of the disk. */
    private void live(long seed) throws IOException {
        Random random = new Random(seed);
        BusyDisk busy = new BusyDisk(disk);
        StoredMaps maps = new StoredMaps(busy, history);
        for (int mark = 1; mark <= 4; mark++) {
            maps.change(random, mark == 1 ? 150 : 40, KEYS);
            Checkpoint checkpoint = maps.freeze(mark);
            int from = disk.operations();
            busy.meanwhile(() -> maps.change(random, 2, KEYS));
            checkpoint.write();
            busy.meanwhile(() -> {});
            spans.add(new Span(mark, from, disk.operations()));
            maps.assertHolds(maps.model);
        }
        maps.close();
    }

    private int completed(int k) {
        return spans.stream()
                .filter(span -> span.to <= k)
                .mapToInt(Span::mark)
                .max()
                .orElse(0);
    }

    private int begun(int k) {
        return spans.stream()
                .filter(span -> span.from < k)
                .mapToInt(Span::mark)
                .max()
                .orElse(0);
    }

    private int verify(MemoryDisk crashed, int k, String what) {
        try {
            int mark = StoredMaps.verify(crashed, history);
            assertThat(mark).isBetween(completed(k), begun(k));
            return mark;
        } catch (Exception | AssertionError e) {
            throw new AssertionError(what + " behind operation " + k + ", before " + disk.operation(k), e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aKillLeavesTheLastCheckpointOrTheOneBegun(long seed) throws IOException {
        live(seed);
        int before = 0;
        for (int k = 0; k <= disk.operations(); k++) {
            int mark = verify(disk.afterKill(k), k, "kill");
            assertThat(mark).isGreaterThanOrEqualTo(before);
            before = mark;
            int bytes = disk.writtenBytes(k);
            for (int torn : new int[] {1, bytes / 3, bytes - 1}) {
                if (torn > 0 && torn < bytes) {
                    verify(disk.afterKill(k, torn), k, "kill torn at " + torn);
                }
            }
        }
        assertThat(before).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 14})
    void aPowerLossLeavesTheLastCheckpointOrTheOneBegun(long seed) throws IOException {
        live(seed);
        for (int k = 0; k <= disk.operations(); k++) {
            verify(disk.afterPowerLoss(k), k, "power loss");
            for (int variant = 0; variant < 6; variant++) {
                long chance = seed * 1_000_003 + k * 31L + variant;
                verify(disk.afterPowerLoss(k, new Random(chance)), k, "power loss " + chance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5})
    void aSecondCrashDuringTheRepairIsRepairedToo(long seed) throws IOException {
        live(seed);
        int repairs = 0;
        for (int k = spans.get(1).from; k <= spans.get(2).to; k++) {
            for (int variant = 0; variant < 2; variant++) {
                MemoryDisk crashed = variant == 0 ? disk.afterKill(k) : disk.afterPowerLoss(k, new Random(seed + k));
                int from = crashed.operations();
                int mark = verify(crashed, k, "first crash " + variant);
                int to = crashed.operations();
                repairs += to - from > 4 ? 1 : 0;
                int step = Math.max(1, (to - from) / 6);
                for (int j = from + k % step; j <= to; j += step) {
                    String what = "second crash at " + (j - from) + " of " + (to - from) + " after " + variant;
                    assertThat(verify(crashed.afterKill(j), k, what)).isEqualTo(mark);
                    verify(crashed.afterPowerLoss(j), k, what + ", power loss");
                    MemoryDisk twice = crashed.afterPowerLoss(j, new Random(j));
                    int repaired = verify(twice, k, what + ", power loss with luck");
                    assertThat(verify(twice.afterPowerLoss(twice.operations()), k, what + ", and again"))
                            .isEqualTo(repaired);
                }
            }
        }
        assertThat(repairs).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {6})
    void lifeGoesOnAfterACrash(long seed) throws IOException {
        live(seed);
        for (int k = 0; k <= disk.operations(); k += 3) {
            MemoryDisk crashed = k % 2 == 0 ? disk.afterKill(k) : disk.afterPowerLoss(k, new Random(k));
            Map<Integer, Map<Long, String>> ownHistory = new HashMap<>(history);
            StoredMaps maps = new StoredMaps(crashed, ownHistory);
            for (int mark = 11; mark <= 13; mark++) {
                maps.change(new Random(mark), 20, KEYS);
                maps.freeze(mark).write();
            }
            maps.close();
            assertThat(StoredMaps.verify(crashed.afterPowerLoss(crashed.operations()), ownHistory))
                    .isEqualTo(13);
        }
    }
}
