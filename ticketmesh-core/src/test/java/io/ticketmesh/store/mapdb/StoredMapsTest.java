package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.FileDisk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredMapsTest {
    private static final int KEYS = 3_000;

    @TempDir
    Path directory;

    @Test
    void mapsSurviveManyCheckpointsAndReopenings() throws Exception {
        Random random = new Random(11);
        Map<Integer, Map<Long, String>> history = new HashMap<>();
        ExecutorService checkpoints = Executors.newSingleThreadExecutor();
        int mark = 0;
        try (FileDisk disk = FileDisk.open(directory)) {
            for (int round = 0; round < 4; round++) {
                try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY)) {
                    assertThat(StoredMaps.openedMark(volume)).isEqualTo(mark);
                    StoredMaps maps = new StoredMaps(volume, history);
                    maps.assertHolds(history.getOrDefault(mark, Map.of()));
                    for (int i = 0; i < 5; i++) {
                        maps.change(random, 700, KEYS);
                        Checkpoint checkpoint = maps.freeze(++mark);
                        Future<?> written = checkpoints.submit(() -> {
                            checkpoint.write();
                            return null;
                        });
                        maps.change(random, 300, KEYS);
                        written.get();
                        maps.assertHolds(maps.model);
                    }
                    maps.assertStructureIsWhole();
                    for (long page = 0; (page = volume.scrub(page, 100)) != 0; ) {
                        assertThat(page).isPositive();
                    }
                }
            }
        } finally {
            checkpoints.shutdown();
        }
    }

    @Test
    void readersSeeWholeValuesWhateverIsWrittenAndCheckpointed() throws Exception {
        int keys = 500;
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (FileDisk disk = FileDisk.open(directory)) {
            Map<Integer, Map<Long, String>> history = new HashMap<>();
            try (CheckpointedVolume first = CheckpointedVolume.open(disk, StoredMaps.IDENTITY)) {
                StoredMaps maps = new StoredMaps(first, history);
                for (long key = 0; key < keys; key++) {
                    write(maps, key, 0);
                }
                maps.freeze(1).write();
            }
            // opened anew, so that readers also meet pages that nobody has verified yet
            try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY)) {
                StoredMaps maps = new StoredMaps(volume, history);
                CompletableFuture<?>[] readers = new CompletableFuture<?>[3];
                for (int i = 0; i < readers.length; i++) {
                    Random random = new Random(i);
                    readers[i] = CompletableFuture.runAsync(
                            () -> {
                                while (!done.get()) {
                                    long key = random.nextInt(keys);
                                    assertWhole(key, maps.tree.get(key));
                                    assertWhole(key, maps.hash.get(key));
                                    reads.incrementAndGet();
                                }
                            },
                            threads);
                }
                Random random = new Random(99);
                Future<?> written = CompletableFuture.completedFuture(null);
                int mark = 1;
                for (int i = 0; i < 12_000 || reads.get() < 1_000 && !failed(readers); i++) {
                    write(maps, random.nextInt(keys), i);
                    if (i % 100 == 0 && written.isDone()) {
                        written.get();
                        Checkpoint checkpoint = maps.freeze(++mark);
                        written = threads.submit(() -> {
                            checkpoint.write();
                            return null;
                        });
                    }
                }
                written.get();
                done.set(true);
                CompletableFuture.allOf(readers).get();
                assertThat(mark).isGreaterThan(3);
                maps.freeze(++mark).write();
                maps.assertHolds(maps.model);
            }
            try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY)) {
                StoredMaps maps = new StoredMaps(volume, history);
                maps.assertHolds(maps.model);
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    private static boolean failed(CompletableFuture<?>[] readers) {
        for (CompletableFuture<?> reader : readers) {
            if (reader.isCompletedExceptionally()) {
                return true;
            }
        }
        return false;
    }

    /** A value that tells its key and is uniform, so that a mixture of two versions shows. */
    private static void write(StoredMaps maps, long key, int version) {
        String value = key + ":" + Character.toString('a' + version % 26).repeat(50 + version * 37 % 2_000);
        maps.tree.put(key, value);
        maps.hash.put(key, value);
        maps.model.put(key, value);
    }

    private static void assertWhole(long key, String value) {
        String body = value.substring(value.indexOf(':') + 1);
        assertThat(value).startsWith(key + ":");
        assertThat(body.chars().distinct().count()).isOne();
    }
}
