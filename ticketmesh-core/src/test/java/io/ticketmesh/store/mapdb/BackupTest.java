package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupTest {
    private static final int KEYS = 150;

    private final Random random = new Random(5);
    private final MemoryDisk disk = new MemoryDisk();
    private final MemoryDisk target = new MemoryDisk();
    private final Map<Integer, Map<Long, String>> history = new HashMap<>();
    private StoredMaps maps;

    @BeforeEach
    void live() throws IOException {
        maps = new StoredMaps(disk, history);
    }

    private void checkpoint(int mark) throws IOException {
        maps.change(random, 80, KEYS);
        maps.freeze(mark).write();
    }

    @Test
    void theCopyIsTheNewestCheckpointWithoutWhatCameLater() throws IOException {
        checkpoint(1);
        checkpoint(2);
        maps.change(random, 50, KEYS);
        byte[] mark = maps.volume.backup(target);
        assertThat(ByteBuffer.wrap(mark).getInt()).isEqualTo(2);
        assertThat(StoredMaps.verify(target.afterPowerLoss(target.operations()), history))
                .isEqualTo(2);
        checkpoint(3);
        maps.close();
        assertThat(StoredMaps.verify(disk, history)).isEqualTo(3);
        StoredMaps restored = new StoredMaps(target, history);
        restored.change(random, 50, KEYS);
        restored.freeze(4).write();
        restored.close();
        assertThat(StoredMaps.verify(target, history)).isEqualTo(4);
    }

    @Test
    void changesAndCheckpointsGoOnWhileACopyIsMade() {
        for (int mark = 1; mark <= 12; mark += 3) {
            int first = mark;
            MemoryDisk copy = new MemoryDisk();
            try {
                checkpoint(first);
                CompletableFuture<byte[]> backup = CompletableFuture.supplyAsync(() -> {
                    try {
                        return maps.volume.backup(copy);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                checkpoint(first + 1);
                checkpoint(first + 2);
                int copied = ByteBuffer.wrap(backup.join()).getInt();
                assertThat(copied).isBetween(first, first + 2);
                assertThat(StoredMaps.verify(copy, history)).isEqualTo(copied);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aCopyThatWasCutOffIsRefusedOnceItHoldsAnything() throws IOException {
        checkpoint(1);
        maps.volume.backup(target);
        int refused = 0;
        for (int k = 0; k < target.operations(); k++) {
            for (MemoryDisk cut : new MemoryDisk[] {
                target.afterKill(k), target.afterPowerLoss(k), target.afterPowerLoss(k, new Random(k))
            }) {
                boolean empty = cut.list().stream().allMatch(name -> size(cut, name) == 0);
                try {
                    assertThat(StoredMaps.verify(cut, history)).isEqualTo(empty ? 0 : 1);
                } catch (DamagedDatabaseException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(10);
    }

    private static long size(MemoryDisk disk, String name) {
        try (DiskFile file = disk.open(name)) {
            return file.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesWhatCannotBeCopied() throws IOException {
        assertThatThrownBy(() -> maps.volume.backup(target)).isInstanceOf(IllegalStateException.class);
        checkpoint(1);
        maps.volume.backup(target);
        assertThatThrownBy(() -> maps.volume.backup(target)).isInstanceOf(FileAlreadyExistsException.class);
        MemoryDisk third = new MemoryDisk();
        try (DiskFile base = disk.open(DatabaseFiles.BASE)) {
            base.write(BaseFile.FIRST_PAGE_AT + 40, ByteBuffer.wrap(new byte[] {77}));
        }
        assertThatThrownBy(() -> maps.volume.backup(third)).isInstanceOf(DamagedDatabaseException.class);
        assertThat(third.exists(DatabaseFiles.BASE)).isFalse();
    }
}
