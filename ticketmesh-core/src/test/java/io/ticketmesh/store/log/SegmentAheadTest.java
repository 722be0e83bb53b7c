package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The file of the next segment, filled before it is needed. */
class SegmentAheadTest {
    private static final int BYTES = 4096;
    private static final LogOptions OPTIONS =
            LogOptions.of(Script.IDENTITY).withSegmentBytes(BYTES).withAhead(true);
    private static final String SECOND = SegmentHeader.name(2);
    private static final String FUTURE = SegmentHeader.unfinishedName(2);

    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void theNextFileIsFilledWhileHalfOfTheLastIsFree() throws IOException {
        try (OperationLog log = OperationLog.open(disk, OPTIONS)) {
            log.append(List.of(new byte[BYTES / 2 - 200]));
            assertThat(disk.exists(FUTURE)).isFalse();
            log.append(List.of(new byte[200]));
            long begin = System.nanoTime();
            while (!disk.exists(FUTURE)) {
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
                Thread.onSpinWait();
            }
            log.append(List.of(new byte[BYTES / 2]));
            assertThat(disk.list()).contains(SECOND).doesNotContain(FUTURE);
        }
    }

    @Test
    void whoBeginsASegmentWritesNoZerosWhenTheyAreThere() throws IOException {
        SegmentHeader first = header(1);
        try (SegmentAhead ahead = new SegmentAhead(disk, true)) {
            ahead.prepare(first);
            ahead.prepare(first);
            Segment segment = ahead.begin(first.next(Chain.BEGINNING));
            assertThat(segment.name()).isEqualTo(SECOND);
            assertThat(segment.read(SegmentHeader.BYTES, BYTES)).containsOnly(0);
            segment.close();
        }
        List<String> operations = new ArrayList<>();
        for (int i = 0; i < disk.operations(); i++) {
            operations.add(disk.operation(i));
        }
        assertThat(operations.stream().filter(one -> one.startsWith("Write"))).hasSize(2);
        Segment.open(disk, SECOND, Script.IDENTITY).close();
    }

    @Test
    void whatCouldNotBeFilledIsFilledByWhoNeedsIt() throws IOException {
        SegmentHeader first = header(1);
        disk.failWrite(1, 100);
        try (SegmentAhead ahead = new SegmentAhead(disk, true)) {
            ahead.prepare(first);
            ahead.begin(first.next(Chain.BEGINNING)).close();
        }
        Segment.open(disk, SECOND, Script.IDENTITY).close();
    }

    /** Without it an append that needs the segment would wait for ever. */
    @Test
    void whoNeedsTheSegmentIsToldWhenFillingItEndedInAnError() throws Exception {
        SegmentHeader first = header(1);
        Disk broken = mock(Disk.class, delegatesTo(disk));
        doThrow(new InternalError("A test"))
                .doAnswer(delegatesTo(disk))
                .when(broken)
                .open(FUTURE);
        SegmentAhead ahead = new SegmentAhead(broken, true);
        ahead.prepare(first);

        CompletableFuture<Segment> begun = CompletableFuture.supplyAsync(() -> {
            try {
                return ahead.begin(first.next(Chain.BEGINNING));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(begun).succeedsWithin(Duration.ofSeconds(30));
        begun.join().close();
        ahead.close();
    }

    @Test
    void aDiskThatStaysFullIsToldToWhoNeedsTheSegment() throws IOException {
        SegmentHeader first = header(1);
        disk.fullAfter(BYTES / 2);
        try (SegmentAhead ahead = new SegmentAhead(disk, true)) {
            ahead.prepare(first);
            assertThatThrownBy(() -> ahead.begin(first.next(Chain.BEGINNING))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatNobodyNeededIsRemovedByTheNextOpen() throws IOException {
        OperationLog log = OperationLog.open(disk, OPTIONS);
        log.append(List.of(new byte[BYTES / 2]));
        log.close();
        OperationLog.open(disk, OPTIONS).close();
        assertThat(disk.list()).containsExactly(SegmentHeader.name(1));
    }

    @Test
    void entriesGoOnThroughManySegments() throws IOException {
        int count = 500;
        try (OperationLog log = OperationLog.open(disk, OPTIONS)) {
            for (int i = 0; i < count; i++) {
                log.append(List.of(new byte[1 + i]));
            }
        }
        try (OperationLog log = OperationLog.open(disk, OPTIONS.withDurableBefore(count + 1))) {
            List<Integer> lengths = new ArrayList<>();
            log.forEach(1, entry -> lengths.add(entry.payload().length));
            assertThat(lengths).hasSize(count).isSorted().endsWith(count);
        }
    }

    private static SegmentHeader header(long number) {
        return new SegmentHeader(Script.IDENTITY, BYTES, number, Chain.BEGINNING);
    }
}
