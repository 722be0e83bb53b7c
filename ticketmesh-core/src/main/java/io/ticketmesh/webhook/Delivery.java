package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.ticket.TicketId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a receiver. Immutable.
 *
 * @param operation by which it happened; of a timer that several nodes fired, one of theirs
 * @param eventId names what happened, see {@link TicketNews#eventId}; {@link #id()} is made of it
 * @param type of the event, like {@code ticket.created}
 * @param attempts the last {@link #MAX_ATTEMPTS}, the oldest first
 * @param tries how many there were by the schedule
 * @param nextAt when it is tried again; null when it is not
 */
public record Delivery(
        OperationId operation,
        String eventId,
        TicketId ticket,
        String type,
        State state,
        int tries,
        @Nullable Instant nextAt,
        List<Attempt> attempts) {
    /** The most attempts that are remembered of one delivery; those on demand count too. */
    public static final int MAX_ATTEMPTS = 10;

    /** Whose state counts of two that speak of one event. Of two that were tried last at one time, one was given up or hurried since. */
    private static final Comparator<Delivery> BY_NEWS = Comparator.comparing(
                    (Delivery delivery) -> delivery.state == State.DELIVERED)
            .thenComparing(delivery -> Objects.requireNonNullElse(delivery.lastAt(), Instant.MIN))
            .thenComparing(Delivery::state)
            .thenComparing(Delivery::nextAt, Comparator.nullsFirst(Comparator.reverseOrder()));

    /** What became of it so far. */
    public enum State {
        /** It will be tried again. */
        PENDING,
        /** The receiver has it. */
        DELIVERED,
        /** Given up. */
        FAILED;

        /** The name in lower case, as it is written in answers. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    static Delivery first(TicketNews news) {
        return new Delivery(
                news.operation().id(),
                news.eventId(),
                news.ticketId(),
                news.type().label(),
                State.PENDING,
                0,
                null,
                List.of());
    }

    /**
     * What the receiver knows the event by, in {@code webhook-id}: the same on every try and every node, whichever of them fired a timer. It
     * is the event's id without the full stops that separate the parts of what is signed.
     */
    public String id() {
        return idOf(eventId);
    }

    static String idOf(String eventId) {
        return eventId.replace('.', '-').replace('#', '-');
    }

    /** Whether other operations may have told the same event: it is a timer's. */
    boolean hasNamesakes() {
        return !eventId.equals(operation.toString());
    }

    /** Who tried last; null when nobody has yet. */
    @Nullable
    NodeId node() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).node();
    }

    /** When something became of it last; null when nothing has yet. */
    public @Nullable Instant lastAt() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).at();
    }

    /** Whether nothing became of it since then. */
    boolean isOlderThan(long millis) {
        Instant last = lastAt();
        return last != null && last.toEpochMilli() < millis;
    }

    /** When it was tried first, as far as is remembered; null when it was not. */
    @Nullable
    Instant firstAt() {
        return attempts.isEmpty() ? null : attempts.get(0).at();
    }

    boolean isDue(long nowMillis) {
        return state == State.PENDING && nextAt != null && nextAt.toEpochMilli() <= nowMillis;
    }

    /** As a try by the schedule left it. */
    Delivery tried(NodeId node, long atMillis, Reception reception) {
        int count = tries + 1;
        List<Attempt> all = attemptsWith(node, atMillis, reception);
        if (reception.accepted()) {
            return new Delivery(operation, eventId, ticket, type, State.DELIVERED, count, null, all);
        } else if (reception.gone() || RetrySchedule.isOver(count)) {
            return new Delivery(operation, eventId, ticket, type, State.FAILED, count, null, all);
        }
        long pause = RetrySchedule.pauseMillis(count, reception.retryAfterMillis(), operation.hashCode());
        Instant next = Instant.ofEpochMilli(atMillis + pause);
        return new Delivery(operation, eventId, ticket, type, State.PENDING, count, next, all);
    }

    /** As a try on demand left it: a success ends it, and a failure changes nothing of what was to come. */
    Delivery triedOnDemand(NodeId node, long atMillis, Reception reception) {
        List<Attempt> all = attemptsWith(node, atMillis, reception);
        return reception.accepted()
                ? new Delivery(operation, eventId, ticket, type, State.DELIVERED, tries, null, all)
                : new Delivery(operation, eventId, ticket, type, state, tries, nextAt, all);
    }

    private List<Attempt> attemptsWith(NodeId node, long atMillis, Reception reception) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(new Attempt(
                Instant.ofEpochMilli(atMillis), node, reception.status(), reception.millis(), reception.error()));
        return all.subList(Math.max(0, all.size() - MAX_ATTEMPTS), all.size());
    }

    /** The same, to be tried at once, because the receiver is well again. */
    Delivery hurried(long nowMillis) {
        boolean later = state == State.PENDING && nextAt != null && nextAt.toEpochMilli() > nowMillis;
        Instant now = Instant.ofEpochMilli(nowMillis);
        return later ? new Delivery(operation, eventId, ticket, type, state, tries, now, attempts) : this;
    }

    /** The same, given up. */
    Delivery abandoned() {
        return new Delivery(operation, eventId, ticket, type, State.FAILED, tries, null, attempts);
    }

    /**
     * What two nodes know of one delivery, put together, the same whoever does it: all tries of both; delivered when either says so, and
     * else as the later try left it.
     */
    Delivery merge(Delivery other) {
        Delivery newest = BY_NEWS.compare(this, other) < 0 ? other : this;
        SortedSet<Attempt> all = new TreeSet<>(Comparator.comparing(Attempt::at).thenComparing(Attempt::node));
        all.addAll(attempts);
        all.addAll(other.attempts);
        return new Delivery(
                operation.compareTo(other.operation) < 0 ? operation : other.operation,
                eventId,
                ticket,
                type,
                newest.state,
                Math.max(tries, other.tries),
                newest.nextAt,
                List.copyOf(all).subList(Math.max(0, all.size() - MAX_ATTEMPTS), all.size()));
    }
}
