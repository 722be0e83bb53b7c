package io.ticketmesh.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says whose turn it is. Each of the servers that are well gets the same number of turns. One that failed is in quarantine for 1 s,
 * and twice as long each time that it fails again, up to 30 s; when that is over, one request at a time tries it, and the first that succeeds brings
 * it back. Pure: the time is an argument, and so is the place of the first turn. Thread-safe; turns are given without locks.
 *
 * <p>Chosen is, as far as there is one: a server that is well, one that drains, and of those in quarantine the one whose failure is longest ago. Within
 * each kind, servers that the same call has not tried yet come first.
 */
final class Rotation {
    /** The first quarantine. */
    static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The longest quarantine. */
    static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicInteger counter;
    private final AtomicLong quarantines = new AtomicLong();
    private volatile Slots slots = new Slots(null, List.of());

    /** @param start where the first turn is: any number */
    Rotation(int start) {
        this.counter = new AtomicInteger(start);
    }

    /** The servers of one listing. */
    private record Slots(ServerDirectory.@Nullable Listing of, List<Slot> all) {}

    /** A server with what became of it; null trouble means that it is well. */
    private record Slot(Server server, AtomicReference<@Nullable Trouble> trouble) {}

    /**
     * Why a server is left alone.
     *
     * @param failures how often it failed in a row
     * @param sinceNanos when it failed last
     * @param untilNanos when it may be tried again
     * @param probing whether a request tries it just now
     */
    private record Trouble(int failures, long sinceNanos, long untilNanos, boolean probing) {}

    /** The right to ask one server one thing; exactly one of its three ends is to be told. */
    final class Turn {
        private final Slot slot;
        private final @Nullable Trouble seen;
        private final boolean probe;

        private Turn(Slot slot, @Nullable Trouble seen, boolean probe) {
            this.slot = slot;
            this.seen = seen;
            this.probe = probe;
        }

        Server server() {
            return slot.server();
        }

        /** The server answered: it is well. */
        void succeeded() {
            if (seen != null) {
                slot.trouble().compareAndSet(seen, null);
            }
        }

        /**
         * The server failed. Of several requests that were under way together only the first counts.
         *
         * @param atLeastNanos how long it asked to be left alone; cut to {@link #LONGEST_NANOS}
         */
        void failed(long nowNanos, long atLeastNanos) {
            int failures = seen == null ? 1 : Math.min(seen.failures() + 1, 30);
            long asked = Math.min(Math.max(atLeastNanos, 0), LONGEST_NANOS);
            long nanos = Math.max(asked, Math.min(LONGEST_NANOS, SHORTEST_NANOS << Math.min(failures - 1, 10)));
            if (slot.trouble().compareAndSet(seen, new Trouble(failures, nowNanos, nowNanos + nanos, false))) {
                quarantines.incrementAndGet();
            }
        }

        /** Nothing was learned of the server. */
        void abandoned() {
            if (seen != null && probe) {
                slot.trouble()
                        .compareAndSet(seen, new Trouble(seen.failures(), seen.sinceNanos(), seen.untilNanos(), false));
            }
        }
    }

    /** Goes on with other servers; what is known of those that stay is kept. */
    @SuppressWarnings("ReferenceEquality") // a directory gives the same instance until something changed
    void follow(ServerDirectory.Listing listing) {
        if (slots.of() != listing) {
            synchronized (this) {
                Slots before = slots;
                slots = new Slots(
                        listing,
                        listing.servers().stream()
                                .map(server -> new Slot(server, troubleOf(server, before)))
                                .toList());
            }
        }
    }

    private static AtomicReference<@Nullable Trouble> troubleOf(Server server, Slots before) {
        for (Slot slot : before.all()) {
            if (slot.server().isSameRun(server)) {
                return slot.trouble();
            }
        }
        return new AtomicReference<>();
    }

    /**
     * The next turn; null when no server is known.
     *
     * @param tried servers to be avoided as long as there are others
     */
    @Nullable
    Turn next(Collection<Server> tried, long nowNanos) {
        List<Slot> all = slots.all();
        List<Slot> fresh = all.stream().filter(slot -> !contains(tried, slot)).toList();
        Turn turn = nextWell(fresh, nowNanos);
        if (turn == null) {
            turn = longestAgo(fresh);
        }
        if (turn == null) {
            turn = nextWell(all, nowNanos);
        }
        return turn == null ? longestAgo(all) : turn;
    }

    /** Whether there is a server that is well, or may be tried again, and that was not tried. */
    boolean hasOther(Collection<Server> tried, long nowNanos) {
        return slots.all().stream().anyMatch(slot -> !contains(tried, slot) && isDue(slot, nowNanos));
    }

    /** How many servers are known. */
    int size() {
        return slots.all().size();
    }

    /** How many of them are in trouble now. */
    int troubled() {
        return (int) slots.all().stream()
                .filter(slot -> slot.trouble().get() != null)
                .count();
    }

    /** How often a server was put into quarantine. */
    long quarantines() {
        return quarantines.get();
    }

    private @Nullable Turn nextWell(List<Slot> among, long nowNanos) {
        List<Slot> due = new ArrayList<>();
        for (Slot slot : among) {
            if (!slot.server().draining() && isDue(slot, nowNanos)) {
                due.add(slot);
            }
        }
        if (due.isEmpty()) {
            among.stream().filter(slot -> isDue(slot, nowNanos)).forEach(due::add);
        }
        while (!due.isEmpty()) {
            Slot slot = due.remove(Math.floorMod(counter.getAndIncrement(), due.size()));
            Turn turn = take(slot, nowNanos);
            if (turn != null) {
                return turn;
            }
        }
        return null;
    }

    /** The turn at a server that is well, or at which nobody else tries whether it is; null when somebody does. */
    private @Nullable Turn take(Slot slot, long nowNanos) {
        Trouble trouble = slot.trouble().get();
        if (trouble == null) {
            return new Turn(slot, null, false);
        }
        if (!isOver(trouble, nowNanos)) {
            return null;
        }
        Trouble probing = new Trouble(trouble.failures(), trouble.sinceNanos(), trouble.untilNanos(), true);
        return slot.trouble().compareAndSet(trouble, probing) ? new Turn(slot, probing, true) : null;
    }

    /** Rather a server that may fail again than none. */
    private @Nullable Turn longestAgo(List<Slot> among) {
        Slot chosen = null;
        Trouble oldest = null;
        for (Slot slot : among) {
            Trouble trouble = slot.trouble().get();
            if (trouble == null) {
                return new Turn(slot, null, false); // it has recovered meanwhile
            }
            if (oldest == null || trouble.sinceNanos() - oldest.sinceNanos() < 0) {
                chosen = slot;
                oldest = trouble;
            }
        }
        return chosen == null ? null : new Turn(chosen, oldest, false);
    }

    private static boolean isDue(Slot slot, long nowNanos) {
        Trouble trouble = slot.trouble().get();
        return trouble == null || isOver(trouble, nowNanos);
    }

    private static boolean isOver(Trouble trouble, long nowNanos) {
        return !trouble.probing() && nowNanos - trouble.untilNanos() >= 0;
    }

    private static boolean contains(Collection<Server> tried, Slot slot) {
        return tried.stream().anyMatch(slot.server()::isSameRun);
    }
}
