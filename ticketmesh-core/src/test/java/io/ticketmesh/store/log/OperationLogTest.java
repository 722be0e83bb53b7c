package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.disk.DiskFile;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationLogTest {
    private static final LogOptions OPTIONS = LogOptions.of(Script.IDENTITY).withSegmentBytes(4096);
    private static final String FIRST = "segment-0000000001.log";

    private final MemoryDisk disk = new MemoryDisk();
    private OperationLog log;

    @BeforeEach
    void openNewLog() throws IOException {
        log = OperationLog.open(disk, OPTIONS);
    }

    @Test
    void aNewLogIsEmptyAndBeginsWithOne() throws IOException {
        assertThat(log.firstIndex()).isEqualTo(1);
        assertThat(log.nextIndex()).isEqualTo(1);
        assertThat(log.recovered()).isEmpty();
        assertThat(log.cursor(1).next()).isEmpty();
    }

    @Test
    void anAppendSaysWhereItsEntriesAre() throws IOException {
        log.append(texts("zero"));
        Appended appended = log.append(texts("one", "", "three"));
        assertThat(appended.firstIndex()).isEqualTo(2);
        assertThat(appended.nextIndex()).isEqualTo(5);
        assertThat(appended.count()).isEqualTo(3);
        assertThat(text(log.read(appended.position(0)))).isEqualTo("one");
        assertThat(log.read(appended.position(1))).isEmpty();
        assertThat(text(log.read(appended.position(2)))).isEqualTo("three");
    }

    @Test
    void oneAppendIsOneWriteAndOneForce() throws IOException {
        int before = disk.operations();
        log.append(texts("one", "two", "three"));
        assertThat(disk.operations() - before).isEqualTo(2);
        assertThat(disk.operation(before)).startsWith("Write");
        assertThat(disk.operation(before + 1)).startsWith("Force");
    }

    @Test
    void anEmptyAppendDoesNothing() throws IOException {
        int before = disk.operations();
        assertThat(log.append(List.of()).count()).isZero();
        assertThat(disk.operations()).isEqualTo(before);
    }

    @Test
    void aReopenedLogGoesOn() throws IOException {
        long position = log.append(texts("one")).position(0);
        log.close();
        log = OperationLog.open(disk, OPTIONS.withDurableBefore(2));
        assertThat(log.recovered()).isEmpty();
        assertThat(text(log.read(position))).isEqualTo("one");
        assertThat(log.append(texts("two")).firstIndex()).isEqualTo(2);
        assertThat(texts(log, 1)).containsExactly("1=one", "2=two");
    }

    @Test
    void anExistingLogKeepsItsSegmentSize() throws IOException {
        long position = log.append(texts("one")).position(0);
        log.close();
        log = OperationLog.open(disk, OPTIONS.withSegmentBytes(8192));
        for (int i = 0; i < 100; i++) {
            log.append(texts("a text of some length, to fill segments"));
        }
        assertThat(text(log.read(position))).isEqualTo("one");
        try (DiskFile second = disk.open("segment-0000000002.log")) {
            assertThat(second.size()).isEqualTo(4096);
        }
    }

    @Test
    void aCursorBeginsAnywhereAndSeesWhatIsAppendedLater() throws IOException {
        for (int i = 1; i <= 200; i++) {
            log.append(texts("entry " + i));
        }
        assertThat(log.segments()).hasSizeGreaterThan(2);
        for (int from : new int[] {1, 2, 70, 71, 72, 150, 200}) {
            assertThat(texts(log, from)).hasSize(201 - from).first().isEqualTo(from + "=entry " + from);
        }
        LogCursor cursor = log.cursor(201);
        assertThat(cursor.next()).isEmpty();
        for (int i = 201; i <= 400; i++) {
            log.append(texts("entry " + i));
            assertThat(cursor.next().map(LogEntry::index)).hasValue((long) i);
            assertThat(cursor.next()).isEmpty();
        }
    }

    @Test
    void aCursorOutsideOfTheLogIsRefused() throws IOException {
        log.append(texts("one"));
        assertThatThrownBy(() -> log.cursor(3)).isInstanceOf(EntryNotFoundException.class);
        assertThatThrownBy(() -> log.cursor(0)).isInstanceOf(EntryNotFoundException.class);
    }

    @Test
    void positionsThatAreNoEntryAreNeverAnswered() throws IOException {
        long position = log.append(texts("one", "two")).position(0);
        for (long wrong = -5000; wrong < 10_000; wrong++) {
            long at = wrong;
            if (at != position && at != position + 8 + 3) {
                assertThatThrownBy(() -> log.read(at)).isInstanceOf(IOException.class);
            }
        }
        assertThatThrownBy(() -> log.read(Long.MAX_VALUE)).isInstanceOf(EntryNotFoundException.class);
        assertThatThrownBy(() -> log.read(Long.MIN_VALUE)).isInstanceOf(EntryNotFoundException.class);
    }

    @Test
    void aTooLargeEntryIsRefusedBeforeAnythingIsWritten() throws IOException {
        log = OperationLog.open(new MemoryDisk(), OPTIONS.withSegmentBytes(4 << 20));
        assertThat(log.maxEntryBytes()).isEqualTo(1 << 20);
        List<byte[]> payloads = List.of(new byte[1], new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> log.append(payloads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1048577");
        long position = log.append(List.of(new byte[1 << 20])).position(0);
        assertThat(log.nextIndex()).isEqualTo(2);
        assertThat(log.read(position)).hasSize(1 << 20);
    }

    @Test
    void inSmallSegmentsTheLargestEntryFillsOne() throws IOException {
        byte[] largest = new byte[log.maxEntryBytes()];
        log.append(List.of(largest, largest));
        assertThat(log.segments())
                .hasSize(2)
                .allSatisfy(segment -> assertThat(segment.validBytes()).isEqualTo(4096));
        assertThatThrownBy(() -> log.append(List.of(new byte[largest.length + 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLongListBecomesSeveralFramesWithOneForce() throws IOException {
        MemoryDisk other = new MemoryDisk();
        log = OperationLog.open(other, OPTIONS.withSegmentBytes(64 << 20));
        int before = other.operations();
        Appended appended = log.append(Collections.nCopies(2049, new byte[1]));
        assertThat(IntStream.range(before, other.operations())
                        .mapToObj(other::operation)
                        .map(op -> op.substring(0, 5)))
                .containsExactly("Write", "Write", "Write", "Force");
        assertThat(log.read(appended.position(2048))).hasSize(1);
        before = other.operations();
        log.append(Collections.nCopies(3, new byte[1 << 19]));
        assertThat(other.operations() - before).isEqualTo(3);
        assertThat(texts(log, 1)).hasSize(2052);
    }

    @Test
    void truncationDropsWholeSegmentsOnly() throws IOException {
        List<Long> positions = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            positions.add(log.append(texts("entry " + i)).position(0));
        }
        long second = log.segments().get(1).firstIndex();
        log.truncateBefore(second - 1);
        assertThat(log.firstIndex()).isEqualTo(1);
        LogCursor behind = log.cursor(1);
        log.truncateBefore(second);
        assertThat(log.firstIndex()).isEqualTo(second);
        assertThat(disk.list()).doesNotContain(FIRST);
        assertThatThrownBy(() -> log.read(positions.get(0))).isInstanceOf(EntryNotFoundException.class);
        assertThatThrownBy(behind::next).isInstanceOf(EntryNotFoundException.class);
        assertThatThrownBy(() -> log.cursor(second - 1)).isInstanceOf(EntryNotFoundException.class);
        log.truncateBefore(Long.MAX_VALUE);
        assertThat(log.segments()).hasSize(1);
        assertThat(log.nextIndex()).isEqualTo(301);
        assertThat(text(log.read(positions.get(299)))).isEqualTo("entry 300");

        long first = log.firstIndex();
        log.close();
        log = OperationLog.open(disk, OPTIONS);
        assertThat(log.firstIndex()).isEqualTo(first);
        assertThat(texts(log, first)).hasSize((int) (301 - first));
        log.close();
        assertThatThrownBy(() -> OperationLog.open(disk, OPTIONS.withDurableBefore(first - 1)))
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("earlier segments are missing");
    }

    @Test
    void aCopyIsALogOfItsOwn() throws IOException {
        for (int i = 1; i <= 100; i++) {
            log.append(texts("a" + i, "b" + i));
        }
        for (long before : new long[] {1, 2, 3, 90, 150, 201, 1000}) {
            MemoryDisk target = new MemoryDisk();
            long next = log.copyTo(target, before);
            assertThat(next).isEqualTo(Math.min(201, before % 2 == 0 ? before + 1 : before));
            try (OperationLog copy =
                    OperationLog.open(target.afterPowerLoss(target.operations()), OPTIONS.withDurableBefore(next))) {
                assertThat(copy.recovered()).isEmpty();
                assertThat(texts(copy, 1)).isEqualTo(texts(log, 1).subList(0, (int) next - 1));
                copy.append(texts("more"));
            }
        }
        assertThatThrownBy(() -> log.copyTo(disk, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherIdentityIsRefused() throws IOException {
        log.append(texts("one"));
        log.close();
        UUID stranger = new UUID(1, 2);
        assertThatThrownBy(() -> OperationLog.open(disk, LogOptions.of(stranger)))
                .isInstanceOf(ForeignLogException.class)
                .hasMessageContaining(stranger.toString())
                .hasMessageContaining(Script.IDENTITY.toString());
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        log.close();
        try (DiskFile file = disk.open(FIRST)) {
            ByteBuffer header = ByteBuffer.allocate(64);
            file.read(0, header);
            header.putInt(8, 2);
            CRC32C crc = new CRC32C();
            crc.update(header.array(), 0, 60);
            file.write(0, header.putInt(60, (int) crc.getValue()).rewind());
        }
        assertThatThrownBy(() -> OperationLog.open(disk, OPTIONS))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void otherFilesOfTheDiskAreLeftAlone() throws IOException {
        log.close();
        disk.open("tickets.db").close();
        OperationLog.open(disk, OPTIONS).close();
        assertThat(disk.list()).containsExactly(FIRST, "tickets.db");
    }

    @Test
    void unfinishedSegmentsAreRemoved() throws IOException {
        log.close();
        disk.open("segment-0000000002.log.new").close();
        OperationLog.open(disk, OPTIONS).close();
        assertThat(disk.list()).containsExactly(FIRST);
    }

    @Test
    void aClosedLogRefusesAppends() throws IOException {
        log.close();
        log.close();
        assertThatThrownBy(() -> log.append(texts("late")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void optionsNameTheCulprit() {
        assertThatThrownBy(() -> OPTIONS.withSegmentBytes(511)).hasMessageContaining("segmentBytes is 511");
        assertThatThrownBy(() -> OPTIONS.withDurableBefore(-1)).hasMessageContaining("durableBefore is -1");
    }

    private static List<byte[]> texts(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private static List<String> texts(OperationLog log, long from) throws IOException {
        List<String> found = new ArrayList<>();
        LogCursor cursor = log.cursor(from);
        for (Optional<LogEntry> entry = cursor.next(); entry.isPresent(); entry = cursor.next()) {
            found.add(entry.get().index() + "=" + text(entry.get().payload()));
        }
        return found;
    }
}
