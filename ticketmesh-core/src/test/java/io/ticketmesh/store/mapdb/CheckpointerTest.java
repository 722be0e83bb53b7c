package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ticketmesh.Waiting;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetDescription;
import io.ticketmesh.wire.MessageCodec;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When the thread that writes checkpoints writes one. */
class CheckpointerTest {
    private static final Origin ORIGIN = new Origin(RandomCommits.NODE, 1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MEGABYTE = 1 << 20;

    private final MemoryDisk disk = new MemoryDisk();
    private long sequence;

    private MapDbStore open(long bytes, Duration age) {
        return MapDbStore.open(
                disk,
                () -> RandomCommits.NODE,
                new MapDbOptions(
                        4 * MEGABYTE, 1_000_000, bytes, age.toMillis(), bytes, true, 4, MessageCodec.WIRE_MINOR));
    }

    /** Tickets with long descriptions, in one commit. */
    private void commit(MapDbStore store, int tickets) {
        Staging staging = new Staging(store);
        for (int i = 0; i < tickets; i++) {
            sequence++;
            TicketId id = new TicketId(7, sequence);
            staging.apply(new Operation(
                    new OperationId(ORIGIN, sequence),
                    HybridTimestamp.of(1_000 + sequence, 0),
                    1_000 + sequence,
                    "alice",
                    id,
                    Ticket.unborn(id).seen(),
                    null,
                    List.of(new CreateTicket("ticket " + sequence), new SetDescription("d".repeat(50_000))),
                    Bytes.EMPTY));
        }
        store.commit(staging.commit());
    }

    /** The thread has seen that there is nothing to do. */
    private static void awaitIdle() {
        Waiting.until(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ticketmesh-checkpoint"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING));
    }

    private boolean hasCheckpoint() {
        MemoryDisk killed = disk.afterKill(disk.operations());
        try (Database database =
                Database.open(killed, RandomCommits.NODE, new WireCodec(), MapDbOptions.DEFAULT.withKeyBuckets(4))) {
            return database.volume().completedMark().isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsWrittenAfterAQuietTimeIsInACheckpointBeforeLong() {
        try (MapDbStore store = open(96 * MEGABYTE, Duration.ofMillis(50))) {
            awaitIdle();
            commit(store, 1);
            store.finishCommit();
            Waiting.until(this::hasCheckpoint);
        }
    }

    /** What is held came when the commit was finished, behind everything that tells the thread of it. */
    @Test
    void aCommitThatFindsNoRoomLetsACheckpointBegin() {
        try (MapDbStore store = open(MEGABYTE, Duration.ofHours(1))) {
            awaitIdle();
            assertTimeoutPreemptively(PATIENCE, () -> {
                for (int i = 0; i < 5; i++) {
                    commit(store, 40);
                    store.finishCommit();
                }
            });
            assertThat(store.counts().living()).isEqualTo(200);
        }
    }

    /** A batch is in memory several times: a store that was written with little memory must open with it. */
    @Test
    void theLogIsReplayedInBatchesThatMemoryHasRoomFor() throws IOException {
        try (MapDbStore store = open(96 * MEGABYTE, Duration.ofHours(1))) {
            for (int i = 0; i < 8; i++) {
                commit(store, 40);
            }
        }
        MemoryDisk killed = disk.copy();
        StoreFiles.deleteDatabase(killed);
        int before = killed.operations();
        MapDbOptions options = new MapDbOptions(
                4 * MEGABYTE, 1_000_000, MEGABYTE, 1_000_000, MEGABYTE, false, 4, MessageCodec.WIRE_MINOR);
        try (MapDbStore store = MapDbStore.open(killed, () -> RandomCommits.NODE, options)) {
            assertThat(store.counts().living()).isEqualTo(320);
        }
        long journals = IntStream.range(before, killed.operations())
                .mapToObj(killed::operation)
                .filter(operation -> operation.contains("position=0, bytes=8192"))
                .count();
        assertThat(journals).as("a checkpoint behind each batch").isGreaterThan(2);
    }
}
