package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.disk.MemoryDisk;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.ChangedTickets;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.Staging;
import io.ticketmesh.store.StoreFailedException;
import io.ticketmesh.ticket.Comment;
import io.ticketmesh.ticket.CommentId;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.SetTitle;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A commit between the log, which holds it, and the tables, which do not yet. */
class NewestCommitTest {
    private static final Origin ORIGIN = new Origin(RandomCommits.NODE, 1);

    private final MemoryDisk disk = new MemoryDisk();
    private MapDbStore store = open();
    private long sequence;

    private MapDbStore open() {
        return MapDbStore.open(disk, () -> RandomCommits.NODE, MapDbOptions.DEFAULT.inline(1_000_000));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static TicketId id(long number) {
        return new TicketId(7, number);
    }

    private Operation operation(TicketId ticket, Change change) {
        return operation("alice", ticket, change);
    }

    private Operation operation(String actor, TicketId ticket, Change change) {
        return new Operation(
                new OperationId(ORIGIN, ++sequence),
                HybridTimestamp.of(1_000 + sequence, 0),
                1_000 + sequence,
                actor,
                ticket,
                store.ticket(ticket)
                        .map(Ticket::seen)
                        .orElse(Ticket.unborn(ticket).seen()),
                null,
                List.of(change),
                Bytes.EMPTY);
    }

    private Commit staged(Operation... operations) {
        Staging staging = new Staging(store);
        for (Operation operation : operations) {
            staging.apply(operation);
        }
        return staging.commit();
    }

    private void create(long number) {
        store.commit(staged(operation(id(number), new CreateTicket("ticket " + number))));
    }

    private List<TicketId> newest(int count) {
        return store.page(TicketQuery.of(TicketFilter.EVERYTHING, count)).tickets().stream()
                .map(Ticket::id)
                .toList();
    }

    @Test
    void theTicketAndWhereTheStoreStandsAreSeenAtOnce() {
        create(1);
        Commit second = staged(operation(id(1), new SetTitle("second")), operation(id(2), new CreateTicket("two")));
        long before = store.position();
        store.commit(second);

        assertThat(store.ticket(id(1))).contains(second.tickets().get(0));
        assertThat(store.ticket(id(2))).contains(second.tickets().get(1));
        assertThat(store.ticket(id(3))).isEmpty();
        assertThat(store.version()).isEqualTo(second.version());
        assertThat(store.position()).isEqualTo(before + 2);

        store.finishCommit();
        assertThat(store.ticket(id(1))).contains(second.tickets().get(0));
        assertThat(store.version()).isEqualTo(second.version());
        assertThat(store.position()).isEqualTo(before + 2);
    }

    @Test
    void whoReadsAListNeedNotWaitUntilSomebodyElseHasFinished() {
        create(1);
        assertThat(newest(5)).containsExactly(id(1));
        create(2);
        assertThat(store.counts().living()).isEqualTo(2);
        create(3);
        assertThat(store.changedSince(0, 10)).isEqualTo(new ChangedTickets(List.of(id(1), id(2), id(3)), 3));
        create(4);
        assertThat(store.history(id(4))).hasSize(1);
        create(5);
        assertThat(store.operations(ORIGIN, 5, 9)).hasSize(1);
    }

    @Test
    void itIsInACheckpointThatIsMadeBeforeItIsFinished() {
        create(1);
        store.checkpoint();
        MemoryDisk killed = disk.afterKill(disk.operations());
        try (MapDbStore again = MapDbStore.open(killed, () -> RandomCommits.NODE, MapDbOptions.DEFAULT)) {
            assertThat(again.ticket(id(1))).isEqualTo(store.ticket(id(1))).isPresent();
        }
        create(2);
        store.close();
        store = open();
        assertThat(newest(5)).containsExactly(id(2), id(1));
    }

    @Test
    void whoReadsOfOneTicketDoesNotFinishWhatIsAboutAnother() {
        create(1);
        store.finishCommit();
        store.commit(unfinishable(staged(operation(id(2), new CreateTicket("two")))));

        assertThat(store.comments(id(1))).isEmpty();
        assertThat(store.comment(id(1), new CommentId(1, 1))).isEmpty();
        assertThat(store.history(id(1))).hasSize(1);
        assertThatThrownBy(() -> store.history(id(2))).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void whoReadsOfATicketThatItChangesFinishesItFirst() {
        create(1);
        CommentId first = new CommentId(1, 1);
        store.commit(staged(operation(id(1), new AddComment(first, CommentKind.PUBLIC, "first"))));
        assertThat(store.comments(id(1))).hasSize(1);
        CommentId second = new CommentId(1, 2);
        store.commit(staged(operation(id(1), new AddComment(second, CommentKind.PUBLIC, "second"))));
        assertThat(store.comment(id(1), second)).map(Comment::text).contains("second");
        assertThat(store.history(id(1))).hasSize(3);
    }

    /** The same with a last ticket that has no encoding, which stands for all that can go wrong with the tables. */
    private Commit unfinishable(Commit sound) {
        List<Ticket> tickets = new ArrayList<>(sound.tickets());
        Ticket last = tickets.remove(tickets.size() - 1);
        tickets.add(operation("half a surrogate pair \ud800", last.id(), new SetTitle("Odd"))
                .applyTo(last));
        return new Commit(sound.entries(), tickets, List.of(), List.of(), sound.version(), sound.ahead());
    }

    @Test
    void halfACommitIsInNoCheckpoint() throws IOException {
        Operation[] many = new Operation[NewestCommit.MOST_ENTRIES + 1];
        Arrays.setAll(many, number -> operation(id(number), new CreateTicket("ticket " + number)));
        Commit commit = unfinishable(staged(many));
        List<StoredEntry> stored = new ArrayList<>();
        commit.entries().forEach(entry -> stored.add(new StoredEntry(stored.size() + 1L, 0, entry)));

        try (Database database =
                Database.open(new MemoryDisk(), RandomCommits.NODE, new WireCodec(), MapDbOptions.DEFAULT)) {
            assertThatThrownBy(() -> database.newest().add(commit, stored)).isInstanceOf(InvalidChangeException.class);
            assertThatThrownBy(database::freeze).hasMessageContaining("half a commit");
        }
    }

    @Test
    void afterAFailureNothingHalfIsReadAndTheLogStillHoldsIt() {
        create(1);
        Commit sound = staged(operation(id(2), new CreateTicket("two")));
        store.commit(unfinishable(sound));

        assertThatThrownBy(store::counts).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> store.ticket(id(1))).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(store::finishCommit).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> store.commit(sound)).isInstanceOf(StoreFailedException.class);

        store.close();
        store = open();
        assertThat(store.ticket(id(2)).map(Ticket::title))
                .contains(sound.tickets().get(0).title());
        assertThat(newest(5)).containsExactly(id(2), id(1));
    }

    @Test
    void readersFindWhatHasReturnedWhileTheTablesAreBroughtUpToDate() throws InterruptedException {
        int count = 1_500;
        AtomicInteger returned = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < 2; reader++) {
            boolean lists = reader == 0;
            readers.add(new Thread(() -> {
                try {
                    while (returned.get() < count) {
                        int last = returned.get();
                        if (last > 0 && lists) {
                            assertThat(newest(20)).anyMatch(found -> found.low() >= last);
                            assertThat(store.counts().living()).isGreaterThanOrEqualTo(last);
                        } else if (last > 0) {
                            assertThat(store.ticket(id(last))).isPresent();
                            assertThat(store.version().get(ORIGIN)).isGreaterThanOrEqualTo(last);
                        }
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            }));
        }
        readers.forEach(Thread::start);
        for (int number = 1; number <= count; number++) {
            create(number);
            returned.set(number);
            if (number % 3 > 0) {
                store.finishCommit();
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(store.counts().living()).isEqualTo(count);
    }
}
