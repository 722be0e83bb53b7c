package io.ticketmesh.incident;

import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.CommentKind;
import io.ticketmesh.ticket.GoneTicketException;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.TicketView;
import io.ticketmesh.ticket.UnknownTicketException;
import io.ticketmesh.ticket.change.AddComment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.RecordOccurrences;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes reports of incidents from the program around. Reports under one key become one ticket in the whole mesh, which counts them, says
 * where it happened last, and is opened again when it comes back. Thread-safe.
 *
 * <pre>{@code
 * mesh.incidents().report("payment-timeout", incident -> incident
 *         .title("The payment provider does not answer")
 *         .severity(Severity.CRITICAL)
 *         .details(exception.toString()));
 * }</pre>
 *
 * <p>To report never waits and never throws, so that it can be done where something fails already. The first report of a key is written at
 * once, by a thread of its own; those that follow are added up and written together, once in an interval. At most {@link #MAX_KEYS} keys are
 * remembered at a time, for an interval after their last report; what is reported beyond is lost and counted. What is not written yet is lost
 * when the process is killed; {@link #close} writes it.
 */
public final class Incidents implements AutoCloseable {
    /** The most keys that are remembered at a time. */
    public static final int MAX_KEYS = 1_000;

    /** The most characters of a key of which none is replaced by a hash. */
    public static final int MAX_KEY_CHARS = IncidentKey.MAX_CHARS;

    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final int TRIES = 5;
    private static final long CLOSE_MILLIS = 1_000;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final TicketService tickets;
    private final String place;
    private final Duration interval;
    private final ConcurrentHashMap<String, Tally> tallies = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, Incidents::thread);

    /** Has a party for each write under way, and one for who closes. */
    private final Phaser writing = new Phaser(1);

    private final LongAdder reported = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicLong complainedNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    /**
     * @param place where it happens unless a report says otherwise, at most 128 characters
     * @param interval how long reports of one key are added up
     */
    public Incidents(TicketService tickets, String place, Duration interval) {
        this.tickets = tickets;
        this.place = Incident.line(place, RecordOccurrences.MAX_PLACE_CHARS);
        this.interval = interval;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ticketmesh-incidents");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reports an incident of which nothing is known but its key.
     *
     * @param dedupKey says which incidents are the same, on all nodes; of one with more than 255 characters the end is replaced by a hash
     */
    public void report(String dedupKey) {
        report(dedupKey, incident -> {});
    }

    /**
     * Reports an incident.
     *
     * @param dedupKey says which incidents are the same, on all nodes; of one with more than 255 characters the end is replaced by a hash
     * @param details says more of it; called at once by this thread, for the first report of the key in an interval and not for the others.
     *     If it throws, what it told so far is reported
     */
    public void report(String dedupKey, Consumer<Incident> details) {
        reported.increment();
        try {
            String key = IncidentKey.bounded(dedupKey);
            Tally known = tallies.get(key);
            boolean wanted = known == null || known.words() == null;
            count(key, 1, wanted ? told(key, details) : null, true);
        } catch (RuntimeException | LinkageError broken) {
            lost.increment();
            complain("An incident could not be reported", broken);
        }
    }

    /**
     * Says in the ticket of a key, if there is one, that it is over at this node, by an internal comment. The ticket stays as it is, because
     * it may go on elsewhere. Never waits and never throws; what cannot be written is not told.
     */
    public void over(String dedupKey) {
        try {
            thread.execute(() -> tellThatItIsOver(IncidentKey.bounded(dedupKey)));
        } catch (RuntimeException broken) {
            complain("That an incident is over could not be told", broken);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is a courtesy
    private void tellThatItIsOver(String key) {
        try {
            IncidentKey.Place found = IncidentKey.find(key, tickets);
            if (found.ticket() != null) {
                AddComment told =
                        new AddComment(tickets.newCommentId(), CommentKind.INTERNAL, "It is over on " + place + ".");
                tickets.propose(Proposal.of(found.id(), "system", List.of(told)));
            }
        } catch (RuntimeException broken) {
            complain("That an incident is over could not be told", broken);
        }
    }

    /** The ticket in which reports of a key are counted now, whether it is created already or not. */
    public TicketId ticketOf(String dedupKey) {
        return IncidentKey.find(IncidentKey.bounded(dedupKey), tickets).id();
    }

    /** What became of reports since the node was opened. */
    public IncidentStatistics statistics() {
        return new IncidentStatistics(reported.sum(), written.sum(), lost.sum());
    }

    private Incident told(String key, Consumer<Incident> details) {
        Incident incident = new Incident(key);
        try {
            details.accept(incident);
        } catch (RuntimeException | LinkageError broken) {
            complain("Not all that was told of incident '" + key + "' can be kept", broken);
        }
        return incident;
    }

    /** A key that is remembered has a flush before it; the one that finds nothing to write forgets the key. */
    private void count(String key, long count, @Nullable Incident words, boolean hurry) {
        boolean[] begins = {false};
        Tally counted = tallies.compute(key, (same, known) -> {
            begins[0] = known == null && tallies.mappingCount() < MAX_KEYS;
            return known == null && !begins[0] ? null : (known == null ? Tally.NOTHING : known).with(count, words);
        });
        if (counted == null) {
            lose(
                    count,
                    "More than " + MAX_KEYS + " incidents are told apart at once; '" + key + "' is not counted",
                    null);
        } else if (begins[0]) {
            flushLater(key, hurry ? 0 : interval.toNanos());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a flush takes every outcome of its own
    private void flushLater(String key, long nanos) {
        try {
            thread.schedule(() -> flush(key), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            Tally rest = tallies.remove(key);
            lose(rest == null ? 0 : rest.count(), "The node is closed; an incident is not counted", null);
        }
    }

    private void flush(String key) {
        Tally taken = take(key);
        if (taken.count() > 0) {
            writing.register();
            write(key, taken, 1, () -> {
                writing.arriveAndDeregister();
                flushLater(key, interval.toNanos());
            });
        }
    }

    /** What is to be written; a key of which there is nothing is forgotten. */
    private Tally take(String key) {
        Tally[] taken = {Tally.NOTHING};
        tallies.computeIfPresent(key, (same, known) -> {
            taken[0] = known;
            return known.count() == 0 ? null : Tally.NOTHING;
        });
        return taken[0];
    }

    /** @param then is done when it was written, or is lost, or given back to be written later */
    @SuppressWarnings("FutureReturnValueIgnored") // every outcome is taken here
    private void write(String key, Tally tally, int attempt, Runnable then) {
        long count = Math.min(tally.count(), RecordOccurrences.MAX_COUNT);
        Proposal proposal;
        try {
            proposal = proposal(key, tally, count);
        } catch (RuntimeException broken) {
            lose(tally.count(), "Incident '" + key + "' cannot be counted", broken);
            then.run();
            return;
        }
        tickets.propose(proposal)
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            if (failure == null && !(outcome instanceof Outcome.Refused)) {
                                written.add(count);
                                giveBack(key, tally.count() - count, tally);
                                then.run();
                            } else {
                                writeAgain(key, tally, attempt, causeOf(outcome, failure), then);
                            }
                        },
                        thread);
    }

    private void writeAgain(String key, Tally tally, int attempt, Throwable cause, Runnable then) {
        boolean overtaken = cause instanceof GoneTicketException
                || cause instanceof UnknownTicketException
                || cause instanceof InvalidChangeException invalid
                        && invalid.code().equals("exists");
        if (overtaken && attempt < TRIES) {
            write(key, tally, attempt + 1, then); // it was created, deleted or purged in between
            return;
        } else if (overtaken || cause instanceof OverloadedException) {
            giveBack(key, tally.count(), tally);
        } else {
            lose(tally.count(), "Incident '" + key + "' cannot be counted", cause);
        }
        then.run();
    }

    private void giveBack(String key, long count, Tally tally) {
        if (count > 0) {
            count(key, count, tally.words(), false);
        }
    }

    private static Throwable causeOf(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reason();
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null ? new IllegalStateException("The write came to nothing") : cause;
    }

    private Proposal proposal(String key, Tally tally, long count) {
        Incident told = tally.words();
        Incident words = told == null ? new Incident(key) : told;
        IncidentKey.Place found = IncidentKey.find(key, tickets);
        TicketView ticket = found.ticket();
        List<Change> changes = ticket == null
                ? words.creation(count, place, tickets.workflow(), tickets::newCommentId)
                : words.recurrence(count, place, ticket.category() == StatusCategory.DONE, tickets::newCommentId);
        return Proposal.of(found.id(), words.actor(), changes);
    }

    private void lose(long count, String why, @Nullable Throwable cause) {
        if (count > 0) {
            lost.add(count);
            complain(why, cause);
        }
    }

    /** At most once a minute: it may storm. */
    private void complain(String what, @Nullable Throwable cause) {
        long now = System.nanoTime();
        long last = complainedNanos.get();
        if (now - last >= QUIET_NANOS && complainedNanos.compareAndSet(last, now)) {
            LOG.warn("{} ({} reports are lost so far)", what, lost.sum(), cause);
        }
    }

    /** Writes what waits, for at most two seconds, and takes no reports any more. */
    @Override
    public void close() {
        try {
            thread.submit(() -> List.copyOf(tallies.keySet()).forEach(this::flush))
                    .get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            writing.awaitAdvanceInterruptibly(writing.arrive(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closedBefore) {
            return;
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("Not all incidents could be counted before the node was closed", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        tallies.keySet()
                .forEach(key -> lose(take(key).count(), "The node was closed before all incidents were counted", null));
        tallies.clear();
    }
}
