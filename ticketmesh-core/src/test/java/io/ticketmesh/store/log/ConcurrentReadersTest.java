package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.FileDisk;
import io.ticketmesh.disk.MemoryDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside the writer, on real files. */
class ConcurrentReadersTest {
    private static final int APPENDS = 3_000;
    private static final LogOptions OPTIONS = LogOptions.of(Script.IDENTITY).withSegmentBytes(16 << 10);

    @TempDir
    Path directory;

    @Test
    @Timeout(120)
    void cursorsReadsCopiesAndTruncationDoNotDisturbTheWriter() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try (FileDisk disk = FileDisk.open(directory);
                OperationLog log = OperationLog.open(disk, OPTIONS)) {
            AtomicLong lastPosition =
                    new AtomicLong(log.append(List.of(payload(1))).position(0));
            List<Future<?>> running = new ArrayList<>();
            running.add(readers.submit(() -> follow(log)));
            running.add(readers.submit(repeat(log, () -> {
                byte[] payload = log.read(lastPosition.get());
                assertThat(payload).isEqualTo(payload(ByteBuffer.wrap(payload).getLong()));
                return null;
            })));
            running.add(readers.submit(repeat(log, () -> {
                MemoryDisk copied = new MemoryDisk();
                try {
                    long next = log.copyTo(copied, Long.MAX_VALUE);
                    OperationLog.open(copied, OPTIONS.withDurableBefore(next)).close();
                } catch (EntryNotFoundException e) {
                    assertThat(e).hasMessageContaining("truncated");
                }
                return null;
            })));
            for (long next = 2; next <= APPENDS; next++) {
                lastPosition.set(log.append(List.of(payload(next))).position(0));
                if (next == APPENDS / 2) {
                    log.truncateBefore(next / 10);
                }
            }
            for (Future<?> reader : running) {
                reader.get();
            }
            assertThat(log.segments()).hasSizeGreaterThan(10);
        } finally {
            readers.shutdownNow();
        }
        try (FileDisk disk = FileDisk.open(directory);
                OperationLog log = OperationLog.open(disk, OPTIONS.withDurableBefore(APPENDS + 1))) {
            assertThat(log.recovered()).isEmpty();
            log.forEach(log.firstIndex(), entry -> assertThat(entry.payload()).isEqualTo(payload(entry.index())));
        }
    }

    private static Void follow(OperationLog log) throws Exception {
        LogCursor cursor = log.cursor(1);
        for (long expected = 1; expected <= APPENDS; ) {
            Optional<LogEntry> entry;
            try {
                entry = cursor.next();
            } catch (EntryNotFoundException e) {
                expected = log.firstIndex();
                cursor = log.cursor(expected);
                continue;
            }
            if (entry.isPresent()) {
                assertThat(entry.get().index()).isEqualTo(expected);
                assertThat(entry.get().payload()).isEqualTo(payload(expected));
                expected++;
            } else {
                Thread.onSpinWait();
            }
        }
        return null;
    }

    private static Callable<Void> repeat(OperationLog log, Callable<Void> step) {
        return () -> {
            while (log.nextIndex() <= APPENDS) {
                step.call();
            }
            return null;
        };
    }

    private static byte[] payload(long index) {
        return ByteBuffer.allocate(8 + (int) (index % 100)).putLong(index).array();
    }
}
