package io.ticketmesh.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.disk.Disk;
import io.ticketmesh.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A writer that plays a story on a disk in memory and remembers what was promised at which operation. Payloads follow
 * from their index, so that any reader can tell whether an entry is the right one.
 */
final class Script {
    static final UUID IDENTITY = new UUID(0x0123456789abcdefL, 0x0fedcba987654321L);

    private final MemoryDisk disk;
    private final LogOptions options;
    private final int maxPayloadBytes;
    private final List<Promise> promises = new ArrayList<>();
    private OperationLog log;
    private long truncated = 1;

    /** What holds from an operation of the disk on. */
    record Promise(int operations, long durableBefore, long begunBefore, long truncatedBefore) {}

    Script(MemoryDisk disk, int segmentBytes, int maxPayloadBytes) throws IOException {
        this.disk = disk;
        this.options = LogOptions.of(IDENTITY).withSegmentBytes(segmentBytes);
        this.maxPayloadBytes = maxPayloadBytes;
        promises.add(new Promise(0, 1, 1, 1));
        this.log = OperationLog.open(disk, options);
    }

    OperationLog log() {
        return log;
    }

    byte[] payload(long index) {
        Random random = new Random(index);
        byte[] bytes = new byte[random.nextInt(maxPayloadBytes + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    List<byte[]> payloads(long firstIndex, int count) {
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            payloads.add(payload(firstIndex + i));
        }
        return payloads;
    }

    Appended append(int count) throws IOException {
        long first = log.nextIndex();
        promises.add(new Promise(disk.operations(), first, first + count, truncated));
        Appended appended = log.append(payloads(first, count));
        promises.add(new Promise(disk.operations(), first + count, first + count, truncated));
        return appended;
    }

    void truncateBefore(long index) throws IOException {
        truncated = index;
        promises.add(new Promise(disk.operations(), log.nextIndex(), log.nextIndex(), truncated));
        log.truncateBefore(index);
    }

    void reopen() throws IOException {
        log.close();
        log = OperationLog.open(disk, options);
    }

    Promise promiseAt(int operations) {
        Promise last = promises.get(0);
        for (Promise promise : promises) {
            last = promise.operations() <= operations ? promise : last;
        }
        return last;
    }

    /** Opens a crashed disk, as a node would that knows how far it was durable. */
    OperationLog open(Disk crashed, Promise promise) throws IOException {
        return OperationLog.open(crashed, options.withDurableBefore(promise.durableBefore()));
    }

    /** Checks that a log keeps a promise, and that everything in it is right. */
    void assertKeeps(Promise promise, OperationLog reopened) throws IOException {
        assertThat(reopened.nextIndex()).isBetween(promise.durableBefore(), promise.begunBefore());
        assertThat(reopened.firstIndex()).isLessThanOrEqualTo(promise.truncatedBefore());
        assertWhole(reopened);
    }

    /** Checks that indexes are gap-free, and that a cursor and single reads give what was written. */
    void assertWhole(OperationLog reopened) throws IOException {
        long[] expected = {reopened.firstIndex()};
        reopened.forEach(expected[0], entry -> {
            assertSame(entry.index(), expected[0]++);
            if (!Arrays.equals(entry.payload(), payload(entry.index()))
                    || !Arrays.equals(reopened.read(entry.position()), entry.payload())) {
                throw new AssertionError("entry " + entry.index() + " is not what was written");
            }
        });
        assertSame(expected[0], reopened.nextIndex());
    }

    private static void assertSame(long actual, long expected) {
        if (actual != expected) {
            assertThat(actual).isEqualTo(expected);
        }
    }
}
