package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damage that no crash explains is reported, and never read as something else. */
class DamageTest {
    private static final LogOptions OPTIONS = LogOptions.of(Script.IDENTITY);

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void everyFlippedBitIsReportedOrCutOffWithTheLastFrame() throws IOException {
        Script script = new Script(disk, 512, 40);
        for (int i = 0; i < 14; i++) {
            script.append(2);
        }
        long next = script.log().nextIndex();
        int served = 0;
        int cut = 0;
        int reported = 0;
        for (String name : disk.list()) {
            for (int bit = 0; bit < 512 * 8; bit++) {
                MemoryDisk damaged = disk.copy();
                flip(damaged, name, bit);
                assertRefusedOrWhole(script, damaged.copy(), OPTIONS.withDurableBefore(next), next);
                try (OperationLog log = OperationLog.open(damaged, OPTIONS)) {
                    script.assertWhole(log);
                    assertThat(log.nextIndex()).isIn(next, next - 2);
                    assertThat(log.recovered().isPresent() || log.nextIndex() == next)
                            .isTrue();
                    cut += log.nextIndex() < next ? 1 : 0;
                    served += log.nextIndex() == next ? 1 : 0;
                } catch (CorruptLogException e) {
                    assertThat(e.file()).isEqualTo(name);
                    assertThat(e.offset()).isLessThanOrEqualTo(bit / 8);
                    reported++;
                }
            }
        }
        assertThat(reported).isGreaterThan(64 * 8);
        assertThat(cut).isGreaterThan(36 * 8);
        assertThat(served).as("flipped in the zeros behind the last frames").isGreaterThan(0);
    }

    private static void assertRefusedOrWhole(Script script, Disk damaged, LogOptions options, long next)
            throws IOException {
        try (OperationLog log = OperationLog.open(damaged, options)) {
            assertThat(log.nextIndex()).isEqualTo(next);
            script.assertWhole(log);
        } catch (CorruptLogException e) {
            assertThat(e).hasMessageContaining("at offset").hasMessageContaining("backup");
        }
    }

    @Test
    void everyBitFlippedUnderAnOpenLogIsFoundByItsReaders() throws IOException {
        Script script = new Script(disk, 512, 40);
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            positions.add(script.append(1).position(0));
        }
        OperationLog log = script.log();
        int found = 0;
        for (String name : disk.list()) {
            for (int bit = 64 * 8; bit < 512 * 8; bit++) {
                flip(disk, name, bit);
                boolean right = true;
                for (int i = 0; i < positions.size(); i++) {
                    try {
                        assertThat(log.read(positions.get(i))).isEqualTo(script.payload(i + 1));
                    } catch (CorruptLogException e) {
                        right = false;
                    }
                }
                try {
                    script.assertWhole(log);
                } catch (CorruptLogException e) {
                    found++;
                    right = true;
                }
                assertThat(right)
                        .as("the cursor must find at least what single reads find")
                        .isTrue();
                flip(disk, name, bit);
            }
        }
        assertThat(found).isGreaterThan(8 * 36 * 8);
        script.assertWhole(log);
    }

    @Test
    void aMissingOrShortOrExchangedSegmentIsReported() throws IOException {
        Script script = new Script(disk, 512, 40);
        for (int i = 0; i < 40; i++) {
            script.append(1);
        }
        long next = script.log().nextIndex();
        List<String> names = disk.list();
        assertThat(names).hasSizeGreaterThan(4);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            MemoryDisk missing = disk.copy();
            missing.delete(name);
            long known = i == 0 ? 1 : next;
            assertThatThrownBy(() -> OperationLog.open(missing, OPTIONS.withDurableBefore(known)))
                    .as(name)
                    .isInstanceOf(CorruptLogException.class);
            for (int size : new int[] {0, 5, 64, 500, 511, 513}) {
                MemoryDisk resized = disk.copy();
                try (DiskFile file = resized.open(name)) {
                    file.resize(size);
                }
                assertThatThrownBy(() -> OperationLog.open(resized, OPTIONS))
                        .isInstanceOf(CorruptLogException.class)
                        .hasMessageContaining(name);
            }
        }
        MemoryDisk exchanged = disk.copy();
        exchanged.rename(names.get(1), names.get(2));
        assertThatThrownBy(() -> OperationLog.open(exchanged, OPTIONS)).isInstanceOf(CorruptLogException.class);
        MemoryDisk gone = new MemoryDisk();
        assertThatThrownBy(() -> OperationLog.open(gone, OPTIONS.withDurableBefore(next)))
                .isInstanceOf(CorruptLogException.class);
        assertThat(gone.list()).isEmpty();
    }

    @Test
    void aCorruptLogIsNotChanged() throws IOException {
        Script script = new Script(disk, 512, 40);
        for (int i = 0; i < 5; i++) {
            script.append(1);
        }
        flip(disk, disk.list().get(0), 110 * 8);
        int before = disk.operations();
        assertThatThrownBy(() -> OperationLog.open(disk, OPTIONS)).isInstanceOf(CorruptLogException.class);
        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void aTornTailIsClearedSoThatNothingOfItCanComeBack() throws IOException {
        Script script = new Script(disk, 4096, 40);
        script.append(3);
        SegmentExtent kept = script.log().segments().get(0);
        script.append(5);
        script.append(0);
        flip(disk, kept.name(), kept.validBytes() * 8);
        int end = script.log().segments().get(0).validBytes();
        script.log().close();
        try (OperationLog log = OperationLog.open(disk, OPTIONS)) {
            assertThat(log.recovered()).hasValueSatisfying(tail -> {
                assertThat(tail.file()).isEqualTo(kept.name());
                assertThat(tail.offset()).isEqualTo(kept.validBytes());
                assertThat(tail.bytes()).isBetween(1, end - kept.validBytes());
                assertThat(tail.nextIndex()).isEqualTo(4);
                assertThat(tail.toString()).contains(kept.name());
            });
        }
        MemoryDisk later = disk.afterPowerLoss(disk.operations());
        try (DiskFile file = later.open(kept.name())) {
            ByteBuffer rest = ByteBuffer.allocate(4096 - kept.validBytes());
            file.read(kept.validBytes(), rest);
            assertThat(rest.array()).containsOnly(0);
        }
        try (OperationLog log = OperationLog.open(later, OPTIONS)) {
            assertThat(log.recovered()).isEmpty();
        }
    }

    /**
     * The bytes are right and at their place, only what they continued was replaced by something of the same length.
     */
    @Test
    void aStaleFrameOfAnotherPastIsNeverServed() throws IOException {
        Script script = new Script(disk, 4096, 40);
        script.append(1);
        MemoryDisk other = disk.copy();
        byte[] replaced = script.payload(2);
        script.append(1);
        int offset = script.log().segments().get(0).validBytes();
        script.append(1);
        byte[] stale = bytes(disk, offset, script.log().segments().get(0).validBytes());
        replaced[0]++;
        try (OperationLog log = OperationLog.open(other, OPTIONS)) {
            log.append(List.of(replaced));
            assertThat(log.segments().get(0).validBytes()).isEqualTo(offset);
        }
        OperationLog.open(other.copy(), OPTIONS.withDurableBefore(3)).close();
        try (DiskFile file = other.open("segment-0000000001.log")) {
            file.write(offset, ByteBuffer.wrap(stale));
        }
        assertThatThrownBy(() -> OperationLog.open(other, OPTIONS))
                .isInstanceOfSatisfying(
                        CorruptLogException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void aLaterFrameOfTheSameAppendProvesNothing() throws IOException {
        Script script = new Script(disk, 64 << 10, 1);
        script.append(2);
        int offset = script.log().segments().get(0).validBytes();
        script.append(1025);
        flip(disk, "segment-0000000001.log", (offset + 50) * 8);
        try (OperationLog log = OperationLog.open(disk.copy(), OPTIONS)) {
            assertThat(log.nextIndex()).isEqualTo(3);
            script.assertWhole(log);
        }
        script.append(1);
        assertThatThrownBy(() -> OperationLog.open(disk.copy(), OPTIONS))
                .isInstanceOfSatisfying(
                        CorruptLogException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    @Timeout(60)
    void randomBytesAreRefused() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            MemoryDisk garbage = new MemoryDisk();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                try (DiskFile file = garbage.open("segment-000000000" + i + ".log")) {
                    byte[] bytes = new byte[random.nextInt(5000)];
                    random.nextBytes(bytes);
                    file.write(0, ByteBuffer.wrap(bytes));
                }
            }
            assertThatThrownBy(() -> OperationLog.open(garbage, OPTIONS)).isInstanceOf(CorruptLogException.class);
        }
    }

    @Test
    @Timeout(60)
    void randomBytesInALogAreRefusedOrCutOff() throws IOException {
        Script script = new Script(disk, 1024, 40);
        for (int i = 0; i < 30; i++) {
            script.append(2);
        }
        long next = script.log().nextIndex();
        List<String> names = disk.list();
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            MemoryDisk damaged = disk.copy();
            int at = random.nextBoolean() ? 64 : random.nextInt(1024);
            byte[] bytes = new byte[1 + random.nextInt(1024 - at)];
            random.nextBytes(bytes);
            if (bytes.length >= Integer.BYTES && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt(FrameHeader.MAGIC);
            }
            try (DiskFile file = damaged.open(names.get(random.nextInt(names.size())))) {
                file.write(at, ByteBuffer.wrap(bytes));
            }
            assertRefusedOrWhole(script, damaged.copy(), OPTIONS.withDurableBefore(next), next);
            try (OperationLog log = OperationLog.open(damaged, OPTIONS)) {
                script.assertWhole(log);
            } catch (CorruptLogException e) {
                assertThat(e.file()).isIn(names);
            }
        }
    }

    @Test
    @Timeout(60)
    void aTornTailFullOfMagicNumbersIsSearchedInTime() throws IOException {
        Script script = new Script(disk, 8 << 20, 40);
        script.append(1);
        ByteBuffer magic = ByteBuffer.allocate(4 << 20);
        while (magic.hasRemaining()) {
            magic.putInt(FrameHeader.MAGIC);
        }
        try (DiskFile file = disk.open("segment-0000000001.log")) {
            file.write(4096, magic.flip());
        }
        try (OperationLog log = OperationLog.open(disk, OPTIONS)) {
            assertThat(log.recovered()).isPresent();
            assertThat(log.nextIndex()).isEqualTo(2);
        }
    }

    private static byte[] bytes(Disk disk, int from, int to) throws IOException {
        try (DiskFile file = disk.open("segment-0000000001.log")) {
            ByteBuffer bytes = ByteBuffer.allocate(to - from);
            file.read(from, bytes);
            return Arrays.copyOf(bytes.array(), to - from);
        }
    }

    private static void flip(Disk disk, String name, int bit) throws IOException {
        try (DiskFile file = disk.open(name)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(bit / 8, one);
            one.put(0, (byte) (one.get(0) ^ 1 << bit % 8));
            file.write(bit / 8, one.rewind());
        }
    }
}
