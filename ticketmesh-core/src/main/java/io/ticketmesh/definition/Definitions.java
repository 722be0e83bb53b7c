package io.ticketmesh.definition;

import io.ticketmesh.causality.Sha256;
import io.ticketmesh.json.Json;
import io.ticketmesh.json.JsonLimits;
import io.ticketmesh.json.JsonWriter;
import io.ticketmesh.json.MalformedJsonException;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import io.ticketmesh.node.BookEntry;
import io.ticketmesh.node.Books;
import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.Texts;
import io.ticketmesh.ticket.change.WriteEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of one kind, in a book of their own: each an entry whose text is JSON. Replicated like everything in a book; of
 * concurrent writes of one name the latest wins as a whole. Thread-safe; reads never wait.
 */
public final class Definitions<T> {
    /** The most characters of a name. */
    public static final int MAX_NAME_CHARS = 64;

    /** So often a write is tried anew because another one of the same book came between its look and itself. */
    private static final int TRIES = 16;

    private final Books books;
    private final String book;
    private final int max;
    private final DefinitionForm<T> form;
    private final UnaryOperator<String> names;

    /**
     * @param book its name
     * @param max the most definitions; nodes that do not know of each other may together write more, which then stay
     * @param names what people are called
     */
    public Definitions(Books books, String book, int max, DefinitionForm<T> form, UnaryOperator<String> names) {
        this.books = books;
        this.book = book;
        this.max = max;
        this.form = form;
        this.names = names;
    }

    /** All of them by their names, but for those that this version cannot read. */
    public List<Definition<T>> all() {
        return books.entries(book).stream()
                .flatMap(entry -> read(entry).stream())
                .toList();
    }

    /** The one of that name; empty when there is none, or when this version cannot read it. */
    public Optional<Definition<T>> find(String name) {
        return isName(name) ? books.entry(book, name).flatMap(this::read) : Optional.empty();
    }

    /**
     * Writes one, new or in place of the one of that name.
     *
     * @param name a slug of at most {@link #MAX_NAME_CHARS} characters
     * @return completes with it when it is on this node's disk; exceptionally with {@link DefinitionChangedException}, or as
     *     {@link io.ticketmesh.node.Node#propose} says. What depends on it runs in the common pool unless it is given an executor
     * @throws InvalidChangeException when the name is no slug, there are too many, or the text is too long
     */
    public CompletableFuture<Definition<T>> put(String actor, String name, T value, Expectation expectation) {
        Texts.slug("name", name, MAX_NAME_CHARS);
        return write(actor, name, text(value), expectation, TRIES)
                .thenApply(done -> find(name).orElseThrow(() -> new DefinitionChangedException(name, null)));
    }

    /** Removes one; one that is not there is removed already, unless it was expected. See {@link #put} for the rest. */
    public CompletableFuture<Void> remove(String actor, String name, Expectation expectation) {
        return isName(name) ? write(actor, name, null, expectation, TRIES) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> write(
            String actor, String name, @Nullable String text, Expectation expectation, int tries) {
        String etag = books.etag(book); // before the look, so that a write after it is noticed
        Optional<BookEntry> present = books.entry(book, name);
        Optional<String> tag = present.map(Definitions::etagOf);
        if (!expectation.isMet(tag)) {
            return CompletableFuture.failedFuture(new DefinitionChangedException(name, tag.orElse(null)));
        }
        if (text != null && present.isEmpty() && books.entries(book).size() >= max) {
            throw new InvalidChangeException("name", "too-many", "is one more than " + max + ", the most", (long) max);
        }
        return books.write(book, actor, List.of(new WriteEntry(name, text)), Set.of(etag))
                .thenComposeAsync(outcome -> {
                    if (!(outcome instanceof Outcome.Refused refused)) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (!(refused.reason() instanceof PreconditionFailedException)) {
                        throw refused.reason();
                    }
                    if (tries == 1) {
                        throw new OverloadedException(TRIES);
                    }
                    return write(actor, name, text, expectation, tries - 1);
                });
    }

    private String text(T value) {
        String text = JsonWriter.text(json -> {
            json.startObject();
            form.writeMembers(json, value);
            json.endObject();
        });
        if (text.length() > WriteEntry.MAX_TEXT_CHARS) {
            throw new InvalidChangeException(
                    "value",
                    "too-long",
                    "has " + text.length() + " characters as JSON, at most " + WriteEntry.MAX_TEXT_CHARS,
                    (long) WriteEntry.MAX_TEXT_CHARS);
        }
        return text;
    }

    private Optional<Definition<T>> read(BookEntry entry) {
        Violations violations = new Violations();
        try {
            byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
            T value = form.read(ObjectForm.of(Json.parse(text, JsonLimits.DEFAULT), violations));
            return value == null || !violations.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Definition<>(
                            entry.key(),
                            form.naming(value, names),
                            etagOf(entry),
                            names.apply(entry.written().actor()),
                            Instant.ofEpochMilli(entry.written().atMillis())));
        } catch (MalformedJsonException | InvalidChangeException foreign) {
            return Optional.empty();
        }
    }

    private static String etagOf(BookEntry entry) {
        return Long.toUnsignedString(Sha256.ofNames(entry.key(), entry.text()).high(), 36);
    }

    private static boolean isName(String name) {
        try {
            return Texts.slug("name", name, MAX_NAME_CHARS).equals(name);
        } catch (InvalidChangeException refused) {
            return false;
        }
    }
}
