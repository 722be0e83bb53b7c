package io.ticketmesh.webhook;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.feed.TicketNews;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one run, as one webhook goes through them: those up to {@link #settled()} are done with, some behind them are looked
 * at. Owned by its route.
 */
final class Lane {
    /** How far it looks ahead. */
    static final int WINDOW = 64;

    /** Something to tell, or not, in its place. */
    static final class Item {
        final long sequence;

        /** Null when there is nothing to tell. */
        final @Nullable TicketNews news;

        boolean sent;
        boolean done;

        /** Since when it waits for what its author had seen; 0 when it does not. */
        long waitingSinceMillis;

        Item(long sequence, @Nullable TicketNews news) {
            this.sequence = sequence;
            this.news = news;
            this.done = news == null;
        }
    }

    private final Origin origin;
    private final Deque<Item> window = new ArrayDeque<>();
    private long settled;
    private long next;
    private long movedAtMillis;

    /** What the node of this run had settled itself when this node came in for it; -1 when it has not. */
    private long takenAt = -1;

    private boolean takenFromReachable;
    private boolean told;

    Lane(Origin origin, long settled, long nowMillis) {
        this.origin = origin;
        this.settled = settled;
        this.next = settled + 1;
        this.movedAtMillis = nowMillis;
    }

    Origin origin() {
        return origin;
    }

    long settled() {
        return settled;
    }

    /** The next operation to look at. */
    long next() {
        return next;
    }

    boolean hasRoom() {
        return window.size() < WINDOW;
    }

    Iterable<Item> items() {
        return window;
    }

    /** Whether something is to be told that is not told yet, as far as was looked. */
    private boolean isBusy() {
        return window.stream().anyMatch(item -> !item.done);
    }

    /** Begins to tell something. */
    void send(Item item) {
        item.sent = true;
        told = true;
    }

    /** Whether something of it was told here. */
    boolean hasTold() {
        return told;
    }

    /** Looks at one more. */
    void add(Item item) {
        window.add(item);
        next = item.sequence + 1;
    }

    /** Goes past what is done. */
    void settle(long nowMillis) {
        long before = settled;
        while (!window.isEmpty() && window.element().done) {
            settled = window.remove().sequence;
        }
        if (settled != before) {
            movedAtMillis = nowMillis;
        }
    }

    /** Others have settled all up to there, or it is not to be had any more. */
    void advanceTo(long sequence, long nowMillis) {
        if (sequence <= settled) {
            return;
        }
        Iterator<Item> items = window.iterator();
        while (items.hasNext() && items.next().sequence <= sequence) {
            items.remove();
        }
        settled = sequence;
        next = Math.max(next, sequence + 1);
        movedAtMillis = nowMillis;
        settle(nowMillis);
    }

    /** Whether something waited to be told for so long. */
    boolean isStuck(long millis, long nowMillis) {
        return isBusy() && Route.hasPassed(millis, movedAtMillis, nowMillis);
    }

    /** How long nothing moved although there is more. When there is not, what comes next is for the node of this run again. */
    long stillMillis(long held, long ownerSeenAtMillis, long nowMillis) {
        if (settled >= held) {
            movedAtMillis = nowMillis;
            takenAt = -1;
        }
        return nowMillis - Math.max(movedAtMillis, ownerSeenAtMillis);
    }

    /** Comes in for the node of this run, which had settled that much itself. */
    void take(long ownerSettled, boolean ownerReachable) {
        takenAt = ownerSettled;
        takenFromReachable = ownerReachable;
    }

    /** Whether this node has come in, and the node of this run is not back since. */
    boolean isTaken(long ownerSettled, boolean ownerReachable) {
        if (takenAt != ownerSettled || ownerReachable && !takenFromReachable) {
            takenAt = -1;
        }
        return takenAt >= 0;
    }

    /** Forgets what it looked at, but for what is under way. */
    void release() {
        boolean underWay = window.stream().anyMatch(item -> item.sent && !item.done);
        if (!underWay) {
            window.clear();
            next = settled + 1;
        }
    }
}
