package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an entry of a {@link Book}, the only change that a book takes. Of concurrent writes of one entry the latest wins; a
 * removal takes away what its author had seen.
 *
 * @param text null removes the entry
 */
public record WriteEntry(String key, @Nullable String text) implements Change {
    /** The most characters (UTF-16 units) of an entry's name. */
    public static final int MAX_KEY_CHARS = 128;

    /** The most characters (UTF-16 units) of an entry. */
    public static final int MAX_TEXT_CHARS = 16_384;

    /** The most entries of one book. */
    public static final int MAX_ENTRIES = 1_000;

    public WriteEntry {
        key = Texts.line("key", key, MAX_KEY_CHARS);
        text = text == null ? null : Texts.text("text", text, MAX_TEXT_CHARS);
    }

    @Override
    public Ticket applyTo(Ticket book, Stamp stamp) {
        return book.withEntries(
                text == null
                        ? book.entries().remove(key, stamp)
                        : book.entries().put(key, text, stamp));
    }

    @Override
    public void check(Ticket book, Workflow workflow) {
        if (text != null && !book.entries().contains(key) && book.entries().size() >= MAX_ENTRIES) {
            throw new InvalidChangeException(
                    "entries", "too-many", "has " + MAX_ENTRIES + ", which is the most", (long) MAX_ENTRIES);
        }
    }

    @Override
    public boolean affects(Ticket book) {
        return !book.entries().get(key).equals(Optional.ofNullable(text));
    }
}
