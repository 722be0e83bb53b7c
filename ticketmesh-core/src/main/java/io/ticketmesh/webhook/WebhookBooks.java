package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.node.BookEntry;
import io.ticketmesh.node.Books;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.WriteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the mesh keeps about webhooks, in {@link Books}: which there are, how far each node has come with each of them, and each node's log
 * of deliveries. Progress and logs have one writer each. Read once and kept until {@link #changed} tells of a write. Thread-safe.
 */
final class WebhookBooks {
    /** Who is named as the author of what nodes note down themselves. */
    static final String SYSTEM = "system";

    private static final String DEFINITIONS = "webhooks";

    private final Books books;
    private final UnaryOperator<String> names;
    private final Map<TicketId, Object> kept = new ConcurrentHashMap<>();

    /** @param names what people are called */
    WebhookBooks(Books books, UnaryOperator<String> names) {
        this.books = books;
        this.names = names;
    }

    /** A book was written. */
    void changed(TicketId book) {
        kept.remove(book);
    }

    /** Any book may have been written. */
    void changed() {
        kept.clear();
    }

    static boolean holdsDefinitions(TicketId book) {
        return Book.idOf(DEFINITIONS).equals(book);
    }

    /** All webhooks by their ids. */
    Map<String, Webhook> all() {
        return kept(DEFINITIONS, entries -> {
            Map<String, Webhook> all = new HashMap<>();
            for (BookEntry entry : entries) {
                WebhookJson.parse(entry.text()).ifPresent(webhook -> all.put(entry.key(), webhook));
            }
            return Map.copyOf(all);
        });
    }

    /** All webhooks as they are now and are shown, whether writes were told already or not. */
    List<Webhook> currently() {
        return books.entries(DEFINITIONS).stream()
                .flatMap(entry -> WebhookJson.parse(entry.text()).stream())
                .map(webhook -> webhook.naming(names))
                .toList();
    }

    /** One webhook as it is now and is shown, whether a write was told already or not. */
    Optional<Webhook> current(String id) {
        return books.entry(DEFINITIONS, id)
                .map(BookEntry::text)
                .flatMap(WebhookJson::parse)
                .map(webhook -> webhook.naming(names));
    }

    /** Names the state of {@link #all()}, for writes that must not overwrite others. */
    String etag() {
        return books.etag(DEFINITIONS);
    }

    CompletableFuture<Outcome> write(String actor, Webhook webhook, String etag) {
        return books.write(
                DEFINITIONS, actor, List.of(new WriteEntry(webhook.id(), WebhookJson.text(webhook))), Set.of(etag));
    }

    CompletableFuture<Outcome> remove(String actor, String webhook) {
        return books.write(DEFINITIONS, actor, webhook, null);
    }

    /** How far each node has come. */
    Map<NodeId, Progress> progress(String webhook) {
        return kept(progressOf(webhook), entries -> {
            Map<NodeId, Progress> all = new HashMap<>();
            for (BookEntry entry : entries) {
                long writtenAt = entry.written().time().millis();
                Progress.parse(entry.text(), writtenAt)
                        .ifPresent(progress -> all.put(NodeId.parse(entry.key()), progress));
            }
            return Map.copyOf(all);
        });
    }

    CompletableFuture<Outcome> write(String webhook, NodeId node, Progress progress) {
        return books.write(progressOf(webhook), SYSTEM, node.toString(), progress.text());
    }

    /** What a node noted of its deliveries, by the place where it stands. */
    Map<String, Delivery> log(String webhook, NodeId node) {
        return kept(logOf(webhook, node), entries -> {
            Map<String, Delivery> all = new HashMap<>();
            for (BookEntry entry : entries) {
                DeliveryJson.parse(entry.text()).ifPresent(delivery -> all.put(entry.key(), delivery));
            }
            return Map.copyOf(all);
        });
    }

    CompletableFuture<Outcome> write(String webhook, NodeId node, Map<String, Delivery> log) {
        List<WriteEntry> entries = new ArrayList<>();
        log.forEach((place, delivery) -> entries.add(new WriteEntry(place, DeliveryJson.text(delivery))));
        return books.write(logOf(webhook, node), SYSTEM, entries, Set.of());
    }

    /** Forgets what a node noted down; what is refused stays. */
    List<CompletableFuture<Outcome>> forget(String webhook, NodeId node) {
        List<CompletableFuture<Outcome>> writes = new ArrayList<>();
        List<WriteEntry> entries = log(webhook, node).keySet().stream()
                .map(place -> new WriteEntry(place, null))
                .toList();
        if (!entries.isEmpty()) {
            writes.add(books.write(logOf(webhook, node), SYSTEM, entries, Set.of()));
        }
        writes.add(books.write(progressOf(webhook), SYSTEM, node.toString(), null));
        return writes;
    }

    static String progressOf(String webhook) {
        return "webhook-progress/" + webhook;
    }

    static String logOf(String webhook, NodeId node) {
        return "webhook-log/" + webhook + "/" + node;
    }

    /** Read under its name before a write can be told, so that what is kept is never older than the last that was told. */
    @SuppressWarnings("unchecked") // each book has one form
    private <T> T kept(String book, Function<List<BookEntry>, T> reading) {
        return (T) kept.computeIfAbsent(Book.idOf(book), id -> reading.apply(books.entries(book)));
    }
}
