package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.feed.TicketNews;
import io.ticketmesh.ticket.TicketId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a receiver. Immutable.
 *
 * @param operation what happened
 * @param eventId names that as events do; {@link #id()} is made of it. Of a timer that several nodes fired it is the same for each of their operations
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
     * What the receiver knows the event by, in {@code webhook-id}: the same on every try and every node. It is the event's id without the
     * full stops that separate the parts of what is signed.
     */
    public String id() {
        return idOf(eventId);
    }

    static String idOf(String eventId) {
        return eventId.replace('.', '-').replace('#', '-');
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

    /** Of what two nodes know of one delivery, what happened later. */
    Delivery later(Delivery other) {
        Instant mine = lastAt();
        Instant theirs = other.lastAt();
        if (state == State.DELIVERED || other.state == State.DELIVERED) {
            return state == State.DELIVERED ? this : other;
        }
        return theirs != null && (mine == null || theirs.isAfter(mine)) ? other : this;
    }
}
