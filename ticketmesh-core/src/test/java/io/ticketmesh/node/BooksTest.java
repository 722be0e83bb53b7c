package io.ticketmesh.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.feed.Feed;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.store.MemoryStore;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.TicketFilter;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketQuery;
import io.ticketmesh.ticket.change.CreateTicket;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BooksTest {
    private static final String VIEWS = "views";

    private final MemoryStore store = SmallNode.store();
    private final Node node = SmallNode.over(store);
    private final Books books = new Books(node);

    @BeforeEach
    void start() {
        node.start();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Outcome write(String key, String text) throws Exception {
        return books.write(VIEWS, "alice", key, text).get(20, TimeUnit.SECONDS);
    }

    private static Throwable reasonOf(Outcome outcome) {
        return ((Outcome.Refused) outcome).reason();
    }

    @Test
    void anEntryIsReadAsItWasWrittenLast() throws Exception {
        assertThat(books.entries(VIEWS)).isEmpty();
        write("mine", "open ones");
        write("mine", "mine and open");
        write("other", "all");

        assertThat(books.entries(VIEWS)).extracting(BookEntry::key).containsExactly("mine", "other");
        BookEntry mine = books.entry(VIEWS, "mine").orElseThrow();
        assertThat(mine.text()).isEqualTo("mine and open");
        assertThat(mine.written().actor()).isEqualTo("alice");
        assertThat(books.entries("replies")).isEmpty();
    }

    @Test
    void aRemovedEntryIsGoneAndLeavesNothing() throws Exception {
        write("mine", "open ones");
        books.write(VIEWS, "alice", "mine", null).get(20, TimeUnit.SECONDS);

        assertThat(books.entry(VIEWS, "mine")).isEmpty();
        assertThat(store.ticket(Book.idOf(VIEWS)).orElseThrow().entries().entries())
                .isEmpty();
    }

    @Test
    void theSameTextAgainIsNotStored() throws Exception {
        write("mine", "open ones");
        assertThat(write("mine", "open ones")).isInstanceOf(Outcome.Unchanged.class);
    }

    @Test
    void whoHasSeenAnOlderBookWritesNothing() throws Exception {
        write("mine", "open ones");
        String seen = books.etag(VIEWS);
        write("other", "all");

        Outcome late = books.write(VIEWS, "bob", List.of(new WriteEntry("mine", "closed ones")), Set.of(seen))
                .get(20, TimeUnit.SECONDS);

        assertThat(reasonOf(late)).isInstanceOf(PreconditionFailedException.class);
        assertThat(books.entry(VIEWS, "mine").orElseThrow().text()).isEqualTo("open ones");
    }

    @Test
    void aBookHoldsAThousandEntries() throws Exception {
        List<WriteEntry> full = IntStream.range(0, WriteEntry.MAX_ENTRIES)
                .mapToObj(i -> new WriteEntry("entry " + i, "text"))
                .toList();
        assertThat(books.write(VIEWS, "alice", full, Set.of()).get(20, TimeUnit.SECONDS))
                .isInstanceOf(Outcome.Accepted.class);

        assertThat(reasonOf(write("one more", "text"))).hasMessageContaining("1000");
        assertThat(write("entry 7", "another")).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void anEntryTooLongIsRefusedWithItsName() {
        assertThatThrownBy(() -> books.write(VIEWS, "alice", "mine", "x".repeat(WriteEntry.MAX_TEXT_CHARS + 1)))
                .isInstanceOf(InvalidChangeException.class)
                .hasMessageContaining("text")
                .hasMessageContaining("16384");
    }

    @Test
    void aBookIsNoTicketAndATicketNoBook() throws Exception {
        Outcome create = node.propose(Proposal.of(Book.idOf(VIEWS), "alice", List.of(new CreateTicket("Printer"))))
                .get(20, TimeUnit.SECONDS);
        assertThat(reasonOf(create)).hasMessageContaining("belongs to a book");

        TicketId ticket = TicketId.timeOrdered(1, 2, 3);
        Outcome write = node.propose(Proposal.of(
                        ticket, "alice", List.of(new CreateTicket("Printer"), new WriteEntry("mine", "all"))))
                .get(20, TimeUnit.SECONDS);
        assertThat(reasonOf(write)).hasMessageContaining("does not belong to a book");
        assertThat(store.version()).isEqualTo(VersionVector.EMPTY);
    }

    @Test
    void noListCountReferenceOrFeedShowsABook() throws Exception {
        write("mine", "open ones");

        TicketId id = Book.idOf(VIEWS);
        assertThat(store.page(TicketQuery.of(TicketFilter.EVERYTHING, 10)).tickets())
                .isEmpty();
        assertThat(store.counts().living()).isZero();
        assertThat(store.withKeys(id.key(), id.key(), 10)).isEmpty();
        assertThat(new Feed(store, Set::of).read(VersionVector.EMPTY, 10).news())
                .isEmpty();
    }

    @Test
    void whoListensHearsOfBooksApartFromTickets() throws Exception {
        BlockingQueue<TicketId> heard = new LinkedBlockingQueue<>();
        BlockingQueue<TicketEvent> tickets = new LinkedBlockingQueue<>();
        node.subscribe(new EventListener() {
            @Override
            public void ticketChanged(TicketEvent event) {
                tickets.add(event);
            }

            @Override
            public void bookWritten(TicketId book) {
                heard.add(book);
            }
        });

        write("mine", "open ones");

        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(Book.idOf(VIEWS));
        assertThat(tickets).isEmpty();
    }
}
