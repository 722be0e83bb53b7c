package io.ticketmesh.webhook;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.feed.NewsType;
import io.ticketmesh.ticket.QueryPeople;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody outside who is told what happens to tickets. Immutable.
 *
 * @param id a UUID
 * @param events the types of events that it is told; empty for all
 * @param filter what a ticket must meet after a change, in the query language of lists; empty for all
 * @param description for people; may be empty
 * @param active whether it is told anything
 * @param stopped why it was switched off by itself; null when it was not
 * @param since what happened up to then is not told: when it was made, or switched on last
 * @param keys the newest first; those before it count for a while
 */
public record Webhook(
        String id,
        URI url,
        Set<String> events,
        String filter,
        String description,
        boolean active,
        @Nullable Stop stopped,
        HybridTimestamp since,
        Instant createdAt,
        String createdBy,
        List<Key> keys) {
    /** The types of events, as they are named to receivers. */
    public static final List<String> EVENTS =
            Arrays.stream(NewsType.values()).map(NewsType::label).toList();

    /** More than are needed at once; those that were made first go first. */
    private static final int MAX_KEYS = 4;

    public Webhook {
        events = Set.copyOf(new TreeSet<>(events));
        keys = List.copyOf(keys);
    }

    /**
     * A secret and how long it counts.
     *
     * @param until null as long as no other takes its place
     */
    public record Key(WebhookSecret secret, @Nullable Instant until) {
        boolean isValid(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    /** That a webhook was switched off, because its receiver does not take anything any more. */
    public record Stop(Instant at, String reason) {}

    boolean tells(String type) {
        return events.isEmpty() || events.contains(type);
    }

    /** The same with its author, and the people whom its filter names, called otherwise. */
    Webhook naming(UnaryOperator<String> names) {
        return new Webhook(
                id,
                url,
                events,
                QueryPeople.rename(filter, names),
                description,
                active,
                stopped,
                since,
                createdAt,
                names.apply(createdBy),
                keys);
    }

    Webhook stopped(Instant at, String reason) {
        return new Webhook(
                id, url, events, filter, description, false, new Stop(at, reason), since, createdAt, createdBy, keys);
    }

    /** The same with a new secret; those before it count until then at most. */
    Webhook withNewest(WebhookSecret secret, Instant now, Instant until) {
        List<Key> all = new ArrayList<>(List.of(new Key(secret, null)));
        keys.stream()
                .filter(key -> key.isValid(now))
                .map(key -> key.until() == null ? new Key(key.secret(), until) : key)
                .limit(MAX_KEYS - 1)
                .forEach(all::add);
        return new Webhook(id, url, events, filter, description, active, stopped, since, createdAt, createdBy, all);
    }
}
