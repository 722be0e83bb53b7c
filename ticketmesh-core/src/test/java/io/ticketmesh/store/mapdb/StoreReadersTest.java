package io.ticketmesh.store.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.store.RandomCommits;
import io.ticketmesh.store.RandomQueries;
import io.ticketmesh.ticket.PageCursor;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketPage;
import io.ticketmesh.ticket.TicketQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside the writer and its checkpoints. */
class StoreReadersTest {
    @TempDir
    private Path directory;

    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void readersBesideTheWriterSeeWholeTicketsInOrderAndMissNoneThatStays() throws InterruptedException {
        RandomCommits commits = new RandomCommits(61);
        MemoryStore model = new MemoryStore(RandomCommits.NODE);
        MapDbOptions options = MapDbOptions.DEFAULT.withSegmentBytes(8 << 20).withCheckpointOperations(150);
        try (MapDbStore store = MapDbStore.open(directory, () -> RandomCommits.NODE, options)) {
            while (model.counts().living() < 400) {
                commit(commits.next(model), model, store);
            }
            Set<TicketId> staying = new HashSet<>(commits.known());
            staying.removeIf(id -> model.ticket(id).filter(Ticket::isBorn).isEmpty());
            List<Thread> readers = List.of(
                    reading(() -> readAll(store, staying)), reading(() -> readPages(store, new ArrayList<>(staying))));
            readers.forEach(Thread::start);
            for (int i = 0; i < 300 && failure.get() == null; i++) {
                commit(commits.next(model), model, store);
            }
            done.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(store.buckets()).isEqualTo(model.buckets());
        }
    }

    private void commit(Commit commit, MemoryStore model, MapDbStore store) {
        model.commit(commit);
        store.commit(commit);
    }

    private Thread reading(Runnable read) {
        return new Thread(() -> {
            try {
                do {
                    read.run();
                } while (!done.get());
            } catch (Throwable e) {
                failure.set(e);
            }
        });
    }

    /** The whole list by creation, in which a ticket that does not change must not be missed. */
    private static void readAll(MapDbStore store, Set<TicketId> staying) {
        Map<TicketId, Optional<VersionVector>> before = new HashMap<>();
        staying.forEach(id -> before.put(id, store.ticket(id).map(Ticket::seen)));
        Set<TicketId> seen = new HashSet<>();
        TicketQuery query = TicketQuery.of(TicketFilter.EVERYTHING, 100);
        PageCursor cursor = null;
        do {
            TicketPage page = store.page(query.at(cursor));
            assertSorted(page, query);
            page.tickets().forEach(ticket -> seen.add(ticket.id()));
            cursor = page.next();
        } while (cursor != null);
        before.forEach((id, version) -> {
            if (version.isPresent() && !seen.contains(id)) {
                assertThat(store.ticket(id).map(Ticket::seen)).as("missed %s", id).isNotEqualTo(version);
            }
        });
    }

    private static void readPages(MapDbStore store, List<TicketId> known) {
        RandomQueries queries = new RandomQueries(new Random(store.position()), known);
        for (int i = 0; i < 20; i++) {
            TicketQuery query = queries.next();
            TicketPage page = store.page(query, i % 2 == 0 ? -1 : PageReader.FEW);
            assertSorted(page, query);
            assertThat(page.tickets().stream().map(Ticket::id).distinct().count()).isEqualTo(page.tickets().size());
            page.tickets().forEach(ticket -> {
                assertThat(store.history(ticket.id()).size() > 0
                                || store.tombstone(ticket.id()).isPresent())
                        .isTrue();
                store.comments(ticket.id());
            });
        }
    }

    private static void assertSorted(TicketPage page, TicketQuery query) {
        Comparator<Ticket> order = query.order();
        assertThat(page.tickets()).isSortedAccordingTo(order);
    }
}
