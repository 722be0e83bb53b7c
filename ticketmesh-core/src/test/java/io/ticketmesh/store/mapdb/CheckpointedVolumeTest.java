package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DBException;
import org.mapdb.DataInput2;
import org.mapdb.volume.ByteArrayVol;
import org.mapdb.volume.Volume;

class CheckpointedVolumeTest {
    private static final UUID IDENTITY = StoredMaps.IDENTITY;
    private static final int SIZE = 2 << 20;

    private final MemoryDisk disk = new MemoryDisk();

    private CheckpointedVolume open() throws IOException {
        return CheckpointedVolume.open(disk, IDENTITY, StoredMaps.CHUNK_SHIFT);
    }

    private static void checkpoint(CheckpointedVolume volume) throws IOException {
        volume.freeze(new byte[] {1}).write();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeAnArrayWhateverIsFrozenWrittenOrReopenedInBetween(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayVol array = new ByteArrayVol(22, SIZE);
        CheckpointedVolume volume = open();
        volume.ensureAvailable(SIZE);
        Checkpoint frozen = null;
        for (int step = 0; step < 6_000; step++) {
            switch (random.nextInt(150)) {
                case 0 -> {
                    if (frozen == null) {
                        frozen = volume.freeze(new byte[0]);
                    }
                }
                case 1 -> {
                    if (frozen != null) {
                        frozen.write();
                        frozen = null;
                    }
                }
                case 2 -> {
                    if (frozen != null) {
                        frozen.write();
                        frozen = null;
                    }
                    checkpoint(volume);
                    if (random.nextInt(4) == 0) {
                        volume.close();
                        volume = open();
                    }
                }
                default -> {
                    long offset = offset(random);
                    change(random.nextLong(), offset, array, volume);
                    assertSame(random, offset(random), array, volume);
                }
            }
        }
        if (frozen != null) {
            frozen.write();
        }
        checkpoint(volume);
        volume.close();
        volume = open();
        for (int at = 0; at < SIZE; at += 1 << 16) {
            byte[] expected = new byte[1 << 16];
            byte[] found = new byte[1 << 16];
            array.getData(at, expected, 0, expected.length);
            volume.getData(at, found, 0, found.length);
            assertThat(found).isEqualTo(expected);
        }
        volume.close();
    }

    /** Mostly close to borders of pages, often in the same few pages. */
    private static long offset(Random random) {
        int page = random.nextInt(random.nextBoolean() ? 12 : SIZE / Page.BYTES - 5);
        return (long) (page + 1) * Page.BYTES - random.nextInt(random.nextBoolean() ? 10 : Page.BYTES);
    }

    private static void change(long seed, long offset, Volume... volumes) {
        for (Volume volume : volumes) {
            Random random = new Random(seed);
            switch (random.nextInt(11)) {
                case 0 -> volume.putByte(offset, (byte) random.nextInt());
                case 1 -> volume.putInt(offset, random.nextInt());
                case 2 -> volume.putLong(offset, random.nextLong());
                case 3 -> volume.putSixLong(offset, random.nextLong() >>> 16);
                case 4 -> volume.putPackedLong(offset, random.nextLong() >>> 8);
                case 5 -> volume.putUnsignedShort(offset, random.nextInt(1 << 16));
                case 6 -> volume.putUnsignedByte(offset, random.nextInt(256));
                case 7 -> volume.putData(offset, bytes(random), 3, 9_000);
                case 8 -> volume.putData(offset, ByteBuffer.wrap(bytes(random), 5, 4_000));
                case 9 -> volume.putDataOverlap(offset, bytes(random), 0, 5_000);
                default -> volume.clear(offset, offset + random.nextInt(12_000));
            }
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[9_100];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertSame(Random random, long offset, Volume array, Volume volume) throws IOException {
        assertThat(volume.getByte(offset)).isEqualTo(array.getByte(offset));
        assertThat(volume.getInt(offset)).isEqualTo(array.getInt(offset));
        assertThat(volume.getLong(offset)).isEqualTo(array.getLong(offset));
        assertThat(volume.getSixLong(offset)).isEqualTo(array.getSixLong(offset));
        assertThat(volume.getUnsignedShort(offset)).isEqualTo(array.getUnsignedShort(offset));
        int size = random.nextInt(9_000);
        byte[] expected = new byte[size + 7];
        byte[] found = new byte[size + 7];
        array.getData(offset, expected, 7, size);
        volume.getData(offset, found, 7, size);
        assertThat(found).isEqualTo(expected);
        for (DataInput2 input :
                new DataInput2[] {volume.getDataInput(offset, size), volume.getDataInputOverlap(offset, size)}) {
            byte[] read = new byte[size];
            input.readFully(read);
            assertThat(read).isEqualTo(Arrays.copyOfRange(expected, 7, size + 7));
        }
    }

    @Test
    void copiesToAnotherVolume() throws IOException {
        try (CheckpointedVolume volume = open()) {
            volume.ensureAvailable(SIZE);
            volume.putData(5_000, bytes(new Random(1)), 0, 9_000);
            checkpoint(volume);
            volume.putLong(8_190, 42);
            ByteArrayVol copy = new ByteArrayVol(22, SIZE);
            volume.copyTo(copy);
            assertThat(copy.hash(0, SIZE, 7)).isEqualTo(volume.hash(0, SIZE, 7));
            assertThat(copy.getLong(8_190)).isEqualTo(42);
        }
    }

    @Test
    void growsInWholeMebibytesAndEndsThere() throws IOException {
        try (CheckpointedVolume volume = open()) {
            assertThat(volume.length()).isZero();
            volume.ensureAvailable((1 << 20) + 1);
            volume.ensureAvailable(10);
            assertThat(volume.length()).isEqualTo(2 << 20);
            assertThat(volume.getLong((2 << 20) - 8)).isZero();
            assertThatThrownBy(() -> volume.getByte(2 << 20)).isInstanceOf(DBException.VolumeEOF.class);
            assertThatThrownBy(() -> volume.putByte(2 << 20, (byte) 1)).isInstanceOf(DBException.VolumeEOF.class);
            assertThatThrownBy(() -> volume.getLong((2 << 20) - 4)).isInstanceOf(DBException.VolumeEOF.class);
            assertThatThrownBy(() -> volume.getByte(-1)).isInstanceOf(DBException.VolumeEOF.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasCutOffIsZeroWhenItComesBack(boolean reopened) throws IOException {
        CheckpointedVolume volume = open();
        volume.ensureAvailable(3 << 20);
        for (long at = 0; at < 3 << 20; at += 1_000) {
            volume.putLong(at, 7);
        }
        checkpoint(volume);
        volume.truncate((1 << 20) + 2_004);
        assertThat(volume.length()).isEqualTo(2 << 20);
        if (reopened) {
            checkpoint(volume);
            volume.close();
            volume = open();
            assertThat(volume.length()).isEqualTo(2 << 20);
        }
        volume.ensureAvailable(3 << 20);
        assertThat(volume.getLong(1_000_000)).isEqualTo(7);
        volume.assertZeroes((1 << 20) + 2_004, 3 << 20);
        checkpoint(volume);
        volume.close();
        volume = open();
        volume.assertZeroes((1 << 20) + 2_004, 3 << 20);
        volume.close();
    }

    @Test
    void tellsItsMarks() throws IOException {
        CheckpointedVolume volume = open();
        assertThat(volume.existed()).isFalse();
        assertThat(volume.openedMark()).isEmpty();
        assertThat(volume.completedMark()).isEmpty();
        byte[] mark = new byte[CheckpointedVolume.MAX_MARK_BYTES];
        new Random(3).nextBytes(mark);
        Checkpoint checkpoint = volume.freeze(mark);
        byte[] frozen = mark.clone();
        mark[0]++;
        assertThat(volume.completedMark()).isEmpty();
        checkpoint.write();
        assertThat(volume.completedMark()).hasValue(frozen);
        assertThat(volume.openedMark()).isEmpty();
        volume.close();
        volume = open();
        assertThat(volume.existed()).isTrue();
        assertThat(volume.openedMark()).hasValue(frozen);
        assertThat(volume.completedMark()).hasValue(frozen);
        CheckpointedVolume last = volume;
        assertThatThrownBy(() -> last.freeze(new byte[CheckpointedVolume.MAX_MARK_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        volume.close();
    }

    @Test
    void countsWhatItHolds() throws IOException {
        try (CheckpointedVolume volume = open()) {
            volume.ensureAvailable(1 << 20);
            volume.putByte(1, (byte) 1);
            volume.putByte(2, (byte) 1);
            volume.putLong(4_092, 5);
            assertThat(volume.dirtyBytes()).isEqualTo(2 * 4_096);
            Checkpoint checkpoint = volume.freeze(new byte[0]);
            assertThat(checkpoint.bytes()).isEqualTo(2 * 4_096);
            assertThat(volume.dirtyBytes()).isZero();
            volume.putByte(1, (byte) 2);
            assertThat(volume.frozenBytes()).isEqualTo(2 * 4_096);
            assertThat(volume.heldBytes()).isEqualTo(3 * 4_096);
            assertThat(volume.checkpointing()).isTrue();
            checkpoint.write();
            assertThat(volume.checkpointing()).isFalse();
            assertThat(volume.heldBytes()).isEqualTo(4_096);
            assertThat(volume.getByte(1)).isEqualTo((byte) 2);
            assertThat(volume.getLong(4_092)).isEqualTo(5);
        }
    }

    @Test
    void oneCheckpointAtATimeAndEachOnce() throws IOException {
        CheckpointedVolume volume = open();
        Checkpoint first = volume.freeze(new byte[0]);
        assertThatThrownBy(() -> volume.freeze(new byte[0])).isInstanceOf(IllegalStateException.class);
        first.write();
        assertThatThrownBy(first::write).isInstanceOf(IllegalStateException.class);
        Checkpoint second = volume.freeze(new byte[0]);
        assertThat(second.number()).isEqualTo(2);
        volume.close();
        assertThatThrownBy(second::write).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> volume.freeze(new byte[0])).isInstanceOf(IllegalStateException.class);
        volume.close();
    }

    @Test
    void whatWasNotFrozenIsGoneAfterClosing() throws IOException {
        CheckpointedVolume volume = open();
        volume.ensureAvailable(1 << 20);
        volume.putLong(0, 1);
        checkpoint(volume);
        volume.putLong(0, 2);
        volume.sync();
        volume.close();
        try (CheckpointedVolume again = open()) {
            assertThat(again.getLong(0)).isEqualTo(1);
        }
    }

    @Test
    void refusesAnotherDirectorysFiles() throws IOException {
        assertThat(CheckpointedVolume.identity(disk)).isEmpty();
        open().close();
        assertThat(CheckpointedVolume.identity(disk)).hasValue(IDENTITY);
        assertThatThrownBy(() -> CheckpointedVolume.open(disk, new UUID(1, 1)))
                .isInstanceOf(ForeignFileException.class)
                .hasMessageContaining("database");
    }
}
