package io.ticketmesh.node;

import io.ticketmesh.causality.Sha256;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The people whose names are not shown any more, a book of the mesh. It holds hashes, not names; who knows a name can tell whether it is
 * among them. Where tickets, comments, history and events are read, a pseudonym made of the hash stands for the name, the same everywhere.
 * Thread-safe.
 */
public final class ErasedNames implements UnaryOperator<String> {
    private static final String BOOK = "erased-names";
    private static final String PSEUDONYM = "erased-";
    private static final int PSEUDONYM_CHARS = 12;

    private final Node node;
    private final Books books;
    private volatile Known known = new Known(VersionVector.EMPTY, List.of());

    /** What the books held when the node held that much. */
    private record Known(VersionVector version, List<Page> pages) {
        boolean has(String hash) {
            return pages.stream().anyMatch(page -> page.hashes().contains(hash));
        }
    }

    /** A book, as the entity tag names it. */
    private record Page(String etag, Set<String> hashes) {}

    ErasedNames(Node node) {
        this.node = node;
        this.books = new Books(node);
    }

    /** The name as it is shown: itself unless the person was erased. */
    @Override
    public String apply(String person) {
        Known current = current();
        if (current.pages().stream().allMatch(page -> page.hashes().isEmpty())) {
            return person;
        }
        String hash = hash(person);
        return current.has(hash) ? pseudonym(hash) : person;
    }

    /** The trace with its actor as he is shown. */
    public Trace apply(Trace trace) {
        String shown = apply(trace.actor());
        return shown.equals(trace.actor())
                ? trace
                : new Trace(trace.time(), trace.operation(), shown, trace.atMillis());
    }

    /** What is shown in place of a name once it is erased. */
    public String pseudonymOf(String person) {
        return pseudonym(hash(person));
    }

    /** The book that erases the name, or is to do so: the first that has it, or has room. */
    public String book(String person) {
        String hash = hash(person);
        List<Page> pages = current().pages();
        int number = 0;
        while (number < pages.size() - 1 && !pages.get(number).hashes().contains(hash)) {
            number++;
        }
        return book(number);
    }

    private static String book(int number) {
        return number == 0 ? BOOK : BOOK + "-" + number;
    }

    /** The entry in it that does. */
    public WriteEntry entry(String person) {
        return new WriteEntry(hash(person), "erased");
    }

    private static String pseudonym(String hash) {
        return PSEUDONYM + hash.substring(0, PSEUDONYM_CHARS);
    }

    private static String hash(String person) {
        Sha256 hash = Sha256.ofNames("erased name", person);
        return String.format("%016x%016x", hash.high(), hash.low());
    }

    /** Looks into the books when the node holds more than the last time, and anew at those that were written since. */
    private Known current() {
        Known last = known;
        VersionVector version = node.reader().version();
        if (version.equals(last.version()) && !last.pages().isEmpty()) {
            return last;
        }
        Known now = new Known(version, pages(last.pages()));
        known = now;
        return now;
    }

    /** One book after the other; the last has room. */
    private List<Page> pages(List<Page> before) {
        List<Page> pages = new ArrayList<>();
        Page page;
        do {
            int number = pages.size();
            String etag = books.etag(book(number)); // before the look, so that a write after it is noticed
            page = number < before.size() && etag.equals(before.get(number).etag())
                    ? before.get(number)
                    : new Page(etag, hashesIn(book(number)));
            pages.add(page);
        } while (page.hashes().size() >= WriteEntry.MAX_ENTRIES);
        return List.copyOf(pages);
    }

    private Set<String> hashesIn(String book) {
        return books.entries(book).stream().map(BookEntry::key).collect(Collectors.toUnmodifiableSet());
    }
}
