package io.ticketmesh.node;

import io.ticketmesh.crdt.Written;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the mesh's {@link Book}s. Whoever wants to hear of writes listens for {@link EventListener#bookWritten}.
 * Thread-safe; reads never wait.
 */
public final class Books {
    private final Node node;

    /** The book of the views that a person keeps for himself; nobody else reads it, and it is emptied when he is erased. */
    public static String viewsOf(String person) {
        return "views of " + person;
    }

    public Books(Node node) {
        this.node = node;
    }

    /** All entries by their keys; none of a book that was never written. */
    public List<BookEntry> entries(String book) {
        Ticket pages = state(book);
        return pages.entries().entries().keySet().stream()
                .flatMap(key -> entry(pages, key).stream())
                .toList();
    }

    public Optional<BookEntry> entry(String book, String key) {
        return entry(state(book), key);
    }

    /** Names the state of a book, the same on every node that holds it. */
    public String etag(String book) {
        return state(book).etag();
    }

    /**
     * Writes an entry; see {@link Node#propose} for how the future fails.
     *
     * @param text null removes the entry
     * @throws InvalidChangeException when key, text or actor break the limits of {@link WriteEntry}
     */
    public CompletableFuture<Outcome> write(String book, String actor, String key, @Nullable String text) {
        return write(book, actor, List.of(new WriteEntry(key, text)), Set.of());
    }

    /**
     * Writes entries, all or none.
     *
     * @param expected the book's entity tags of which it must have one, else nothing is written; empty when its state does not
     *     matter
     */
    public CompletableFuture<Outcome> write(String book, String actor, List<WriteEntry> entries, Set<String> expected) {
        return node.propose(Proposal.of(Book.idOf(book), actor, entries).expecting(expected));
    }

    private Ticket state(String book) {
        TicketId id = Book.idOf(book);
        return node.reader().ticket(id).orElseGet(() -> Ticket.unborn(id));
    }

    private static Optional<BookEntry> entry(Ticket book, String key) {
        return Optional.ofNullable(book.entries().entries().get(key))
                .flatMap(register -> register.winner())
                .map((Written<String> winner) -> new BookEntry(key, winner.value(), winner.trace()));
    }
}
