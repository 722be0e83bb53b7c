package io.ticketmesh.timer;

import io.ticketmesh.causality.WallClock;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.ReadOnlyException;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.ticket.PreconditionFailedException;
import io.ticketmesh.ticket.TimeRules;
import io.ticketmesh.ticket.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Fires the timers of tickets, by a thread of its own ({@code ticketmesh-timers}) that looks at the clock once a second or so, since the
 * time of day may jump, and more often at the tickets, while they keep changing. A node that meets others fires nothing in its first
 * ten seconds, in which it learns what they have fired. Thread-safe.
 */
public final class TimerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);

    /** So many timers are fired at once; the rest follows when these are stored. */
    private static final int BATCH = 128;

    /** So many times as long as it works it rests while there is more to look at, so that writers in a hurry get the processors. */
    private static final int RESTS = 3;

    /** While tickets keep changing it looks at them this often: the store still has in memory what has changed since. */
    private static final long FOLLOW_MILLIS = 50;

    private static final long ANSWER_SECONDS = 30;
    private static final long CLOSE_MILLIS = 2_000;
    private static final long AFTER_FAILURE_MILLIS = 10_000;

    private final Node node;
    private final WallClock clock;
    private final Timekeeper timekeeper;
    private final TimerPace pace;
    private final Thread thread = new Thread(this::run, "ticketmesh-timers");
    private final long startedNanos = System.nanoTime();

    /** When it last looked at the clock for what is due. */
    private long rangNanos;

    private boolean failing;

    /** Guarded by this. */
    private boolean closed;

    /**
     * @param meets whether the node has others
     */
    public TimerThread(Node node, Workflow workflow, TimeRules rules, WallClock clock, boolean meets, TimerPace pace) {
        this.node = node;
        this.clock = clock;
        this.pace = meets ? pace : pace.alone();
        timekeeper = new Timekeeper(node.reader(), workflow, rules, Timekeeper.CAPACITY);
        rangNanos = startedNanos - this.pace.look().toNanos();
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long restMillis = 0;
        while (!isOver(restMillis)) {
            long began = System.nanoTime();
            try {
                long position = timekeeper.position();
                boolean more = work(began);
                long workedMillis = Duration.ofNanos(System.nanoTime() - began).toMillis();
                boolean follows = timekeeper.position() > position;
                long longest = more ? RESTS * workedMillis + 1 : follows ? FOLLOW_MILLIS : Long.MAX_VALUE;
                restMillis = Math.min(millisToRing(), longest);
                failing = false;
            } catch (RuntimeException failure) {
                complain(failure);
                restMillis = AFTER_FAILURE_MILLIS;
            }
        }
    }

    private long millisToRing() {
        long nanos = rangNanos + pace.look().toNanos() - System.nanoTime();
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    /** Whether there is more to do at once. */
    private boolean work(long nowNanos) {
        long nowMillis = clock.millis();
        boolean more = timekeeper.look(nowMillis);
        if (nowNanos - rangNanos < pace.look().toNanos()) {
            return more;
        }
        rangNanos = nowNanos;
        boolean settled = nowNanos - startedNanos >= pace.settle().toNanos();
        if (!settled || node.refusal() != null) {
            return more;
        }
        List<Firing> firings = timekeeper.ring(nowMillis, Watch.of(node.mesh()), BATCH);
        List<Firing> refused = fire(firings);
        fire(refused.stream()
                .filter(firing -> !firing.isToldOnly())
                .map(Firing::told)
                .toList());
        if (firings.size() == BATCH) {
            rangNanos -= pace.look().toNanos(); // there may be more
            return true;
        }
        return more;
    }

    /** Those that a rule of tickets forbids. */
    private List<Firing> fire(List<Firing> firings) {
        List<CompletableFuture<Outcome>> outcomes =
                firings.stream().map(firing -> node.propose(firing.proposal())).toList();
        List<Firing> forbidden = new ArrayList<>();
        for (int i = 0; i < firings.size(); i++) {
            RuntimeException reason = reasonOf(outcomes.get(i));
            if (reason != null && !isNobodysFault(reason)) {
                Firing firing = firings.get(i);
                LOG.atLevel(firing.isToldOnly() ? Level.DEBUG : Level.WARN)
                        .log(
                                "What follows from a timer of {} is not allowed: {}",
                                firing.ticket().key(),
                                reason.getMessage());
                forbidden.add(firing);
            }
        }
        return forbidden;
    }

    /** Why it was refused; null when it was not, or there is no answer: it is tried again later. */
    private static @Nullable RuntimeException reasonOf(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.get(ANSWER_SECONDS, TimeUnit.SECONDS) instanceof Outcome.Refused refused
                    ? refused.reason()
                    : null;
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            return null;
        } catch (InterruptedException nobodyElsesBusiness) {
            return null; // the thread is ours, and close() is how it ends
        }
    }

    /** Whether it is tried again, with the ticket as it is then. */
    private static boolean isNobodysFault(RuntimeException reason) {
        return reason instanceof PreconditionFailedException
                || reason instanceof OverloadedException
                || reason instanceof ReadOnlyException;
    }

    /** One that fails every time is logged in full once. */
    private void complain(RuntimeException failure) {
        if (failing) {
            LOG.debug("Timers of tickets failed again", failure);
        } else {
            LOG.warn("Timers of tickets failed; they are tried again in {} s", AFTER_FAILURE_MILLIS / 1_000, failure);
        }
        failing = true;
    }

    /** Whether it is to end, after a rest. */
    private synchronized boolean isOver(long restMillis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(restMillis);
        long left = restMillis;
        while (left > 0 && !closed) {
            try {
                wait(left);
            } catch (InterruptedException nobodyElsesBusiness) {
                // the thread is ours, and close() is how it ends
            }
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        return closed;
    }

    /** Fires nothing more; a firing that has begun is carried out. Waits for two seconds at most. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
