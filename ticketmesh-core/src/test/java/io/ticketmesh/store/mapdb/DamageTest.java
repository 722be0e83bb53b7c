package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {
    private static final int KEYS = 150;

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Integer, Map<Long, String>> history = new HashMap<>();
    private int lastWriteBegins;

    @BeforeEach
    void live() throws IOException {
        Random random = new Random(7);
        StoredMaps maps = new StoredMaps(disk, history);
        for (int mark = 1; mark <= 3; mark++) {
            maps.change(random, 100, KEYS);
            Checkpoint checkpoint = maps.freeze(mark);
            lastWriteBegins = disk.operations();
            checkpoint.write();
        }
        maps.close();
    }

    private static byte[] read(MemoryDisk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private static void write(MemoryDisk disk, String name, byte[] bytes) throws IOException {
        try (DiskFile file = disk.open(name)) {
            file.resize(bytes.length);
            file.write(0, ByteBuffer.wrap(bytes));
        }
    }

    private static void flip(MemoryDisk disk, String name, long position, int bit) throws IOException {
        try (DiskFile file = disk.open(name)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(position, one);
            one.put(0, (byte) (one.get(0) ^ 1 << bit));
            file.write(position, one.rewind());
        }
    }

    /** Opens and reads everything; either the right content of an allowed checkpoint, or a clear refusal. */
    private boolean detected(MemoryDisk damaged, int oldest) throws IOException {
        try {
            assertThat(StoredMaps.verify(damaged, history)).isBetween(oldest, 3);
            return false;
        } catch (DamagedDatabaseException | ForeignFileException | NewerFormatException e) {
            assertThat(e.getMessage()).contains("database");
            return true;
        }
    }

    @Test
    void aFlippedBitInAnyPageIsFoundByTheScrubAndNeverServed() throws IOException {
        Random random = new Random(1);
        int written = 0;
        try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY, StoredMaps.CHUNK_SHIFT)) {
            assertThat(volume.scrub(0, 1 << 20)).isZero();
        }
        byte[] base = read(disk, DatabaseFiles.BASE);
        ByteBuffer sums = ByteBuffer.wrap(read(disk, DatabaseFiles.SUMS));
        int pages = (base.length - BaseFile.FIRST_PAGE_AT) / Page.BYTES;
        for (int page = 0; page < Math.min(pages, ChecksumTable.SUMS_PER_PAGE); page++) {
            if (sums.getInt(page * 4) == 0) {
                continue;
            }
            written++;
            MemoryDisk damaged = disk.copy();
            long at = (long) page * Page.BYTES + random.nextInt(Page.BYTES);
            flip(damaged, DatabaseFiles.BASE, BaseFile.FIRST_PAGE_AT + at, random.nextInt(8));
            try (CheckpointedVolume volume =
                    CheckpointedVolume.open(damaged, StoredMaps.IDENTITY, StoredMaps.CHUNK_SHIFT)) {
                DamagedDatabaseException found =
                        catchThrowableOfType(DamagedDatabaseException.class, () -> volume.scrub(0, 1 << 20));
                assertThat(found.file()).isEqualTo("database");
                assertThat(found.page()).isEqualTo(page);
                assertThat(found).hasMessageContaining("database, page " + page);
                long offset = at & -8;
                assertThatThrownBy(() -> volume.getLong(offset)).isInstanceOf(DamagedDatabaseException.class);
                assertThatThrownBy(() -> volume.getDataInput(offset, 8)).isInstanceOf(DamagedDatabaseException.class);
                assertThatThrownBy(() -> volume.putLong(offset, 1)).isInstanceOf(DamagedDatabaseException.class);
                assertThat(volume.failed()).isTrue();
                assertThatThrownBy(() -> volume.freeze(new byte[0])).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(written).isGreaterThan(50);
    }

    @Test
    void damageUnderARunningVolumeIsFoundByTheScrubAndNotServedFromThen() throws IOException {
        try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY, StoredMaps.CHUNK_SHIFT)) {
            volume.getLong(0);
            flip(disk, DatabaseFiles.BASE, BaseFile.FIRST_PAGE_AT + 100, 3);
            assertThatThrownBy(() -> volume.scrub(0, 10)).isInstanceOf(DamagedDatabaseException.class);
            assertThatThrownBy(() -> volume.getLong(0)).isInstanceOf(DamagedDatabaseException.class);
        }
    }

    @Test
    void aFlippedBitInTheChecksumFileIsFoundAtOpenAndByTheScrub() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 300; i++) {
            MemoryDisk damaged = disk.copy();
            flip(damaged, DatabaseFiles.SUMS, random.nextInt(Page.BYTES), random.nextInt(8));
            assertThat(detected(damaged, 3)).isTrue();
        }
        try (CheckpointedVolume volume = CheckpointedVolume.open(disk, StoredMaps.IDENTITY, StoredMaps.CHUNK_SHIFT)) {
            flip(disk, DatabaseFiles.SUMS, 40, 1);
            assertThatThrownBy(() -> volume.scrub(0, 10)).isInstanceOf(DamagedDatabaseException.class);
        }
    }

    @Test
    void aFlippedBitInTheHeadOfTheNewestJournalIsFound() throws IOException {
        for (int position = 0; position < 60; position++) {
            for (int bit = 0; bit < 8; bit++) {
                MemoryDisk damaged = disk.copy();
                flip(damaged, DatabaseFiles.JOURNALS[1], position, bit);
                assertThat(detected(damaged, 3))
                        .as("byte %s bit %s", position, bit)
                        .isTrue();
            }
        }
    }

    @Test
    void aFlippedBitInAJournalThatMustBeRedoneNeverLeadsToAnOlderOrMixedState() throws IOException {
        Random random = new Random(3);
        int found = 0;
        for (int k = lastWriteBegins; k < disk.operations(); k++) {
            for (int i = 0; i < 12; i++) {
                MemoryDisk damaged = disk.afterKill(k).copy();
                int size = read(damaged, DatabaseFiles.JOURNALS[1]).length;
                flip(damaged, DatabaseFiles.JOURNALS[1], random.nextInt(size), random.nextInt(8));
                found += detected(damaged, 2) ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void aFlippedBitInTheBaseHeaderOrTheWordOnCheckpointsIsFoundOrHarmless() throws IOException {
        int found = 0;
        for (int position = 0; position < 40; position++) {
            MemoryDisk damaged = disk.copy();
            flip(damaged, DatabaseFiles.BASE, position, position % 8);
            found += detected(damaged, 3) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(36);
        for (int position = Page.BYTES; position < Page.BYTES + 16; position++) {
            for (int slot = 0; slot < 2; slot++) {
                MemoryDisk damaged = disk.copy();
                flip(damaged, DatabaseFiles.BASE, position + slot * Page.BYTES, position % 8);
                detected(damaged, 3);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anyFileThatIsCutEmptiedReplacedOrOlderIsFoundOrHarmless(int which) throws IOException {
        List<String> names =
                List.of(DatabaseFiles.BASE, DatabaseFiles.SUMS, DatabaseFiles.JOURNALS[0], DatabaseFiles.JOURNALS[1]);
        String name = names.get(which);
        Random random = new Random(which);
        int found = 0;
        for (int i = 0; i < 60; i++) {
            MemoryDisk damaged = i % 3 == 0
                    ? disk.afterKill(lastWriteBegins + random.nextInt(12)).copy()
                    : disk.copy();
            byte[] bytes = read(damaged, name);
            switch (i % 6) {
                case 0 -> damaged.delete(name);
                case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 2 -> random.nextBytes(bytes);
                case 3 -> bytes = read(damaged, names.get((which + 1 + random.nextInt(3)) % 4));
                case 4 -> {
                    MemoryDisk older = disk.afterKill(lastWriteBegins * 2 / 3);
                    bytes = older.exists(name) ? read(older, name) : new byte[0];
                }
                default -> {
                    int from = random.nextInt(bytes.length);
                    Arrays.fill(bytes, from, Math.min(bytes.length, from + 20_000), (byte) 0);
                }
            }
            if (i % 6 != 0) {
                write(damaged, name, bytes);
            }
            found += detected(damaged, 2) ? 1 : 0;
        }
        assertThat(found).isGreaterThan(name.equals(DatabaseFiles.JOURNALS[0]) ? 0 : 20);
    }

    @Test
    void aNewerFormatIsRefusedByName() throws IOException {
        for (String name : new String[] {DatabaseFiles.BASE, DatabaseFiles.JOURNALS[1]}) {
            int length = name.equals(DatabaseFiles.BASE) ? 32 : 56;
            MemoryDisk newer = disk.copy();
            byte[] bytes = read(newer, name);
            CRC32C crc = new CRC32C();
            bytes[11] = 9;
            crc.update(bytes, 0, length);
            ByteBuffer.wrap(bytes).putInt(length, (int) crc.getValue());
            write(newer, name, bytes);
            assertThatThrownBy(() -> StoredMaps.verify(newer, history))
                    .isInstanceOf(NewerFormatException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("9");
        }
    }

    @Test
    void aFileThatIsNotOursIsRefusedByName() throws IOException {
        write(
                disk,
                DatabaseFiles.BASE,
                "this is a letter to my grandmother, who never asked for a database".getBytes());
        assertThatThrownBy(() -> StoredMaps.verify(disk, history))
                .isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("database");
    }
}
