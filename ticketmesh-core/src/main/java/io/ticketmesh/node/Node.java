package io.ticketmesh.node;

import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Alarm;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that feeds a replica and performs its effects: it takes all proposals that are waiting, lets the replica turn them
 * into one commit, makes that durable with one force of the disk, and answers them all. Thread-safe.
 *
 * <p>The mailbox holds {@link #MAILBOX} proposals, after which {@link OverloadedException}s are the answer, and as many messages,
 * after which messages are dropped and repaired later.
 */
public final class Node implements AutoCloseable {
    /** The most proposals, and the most messages, that wait. */
    public static final int MAILBOX = 8_192;

    /** The most proposals in one commit. */
    static final int BATCH = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long TICK_MILLIS = 20;

    private final ReplicaStore store;
    private final Replica replica;
    private final @Nullable Transport transport;
    private final EventHub events = new EventHub();
    private final BlockingQueue<Submission> proposals = new ArrayBlockingQueue<>(MAILBOX);
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAILBOX);
    private final AtomicLong droppedArrivals = new AtomicLong();
    private final Thread thread = new Thread(this::run, "ticketmesh-replica");
    private volatile @Nullable ReadOnlyException refusal;
    private volatile boolean closing;

    private record Submission(Proposal proposal, CompletableFuture<Outcome> outcome) {}

    private record Arrival(Origin from, Message message) {}

    /**
     * @param store is closed with the node
     * @param transport is closed with the node; null for a node that is alone
     */
    public Node(ReplicaStore store, Replica replica, @Nullable Transport transport) {
        this.store = store;
        this.replica = replica;
        this.transport = transport;
    }

    /** Opens the replica durably and starts the threads. Called once. */
    public void start() {
        perform(replica.open(), List.of());
        events.start();
        if (transport != null) {
            transport.start(this::receive);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Posts a proposal. The future completes after the commit, on the replica thread: what is done there must not wait.
     *
     * @return completes exceptionally with {@link OverloadedException} when the mailbox is full and with {@link ReadOnlyException}
     *     when the node takes no writes; whether the proposal was stored is then certain for the first and open for the second
     */
    public CompletableFuture<Outcome> propose(Proposal proposal) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ReadOnlyException refused = refusal;
        if (refused != null || closing) {
            outcome.completeExceptionally(refused == null ? new ReadOnlyException("it is closed") : refused);
        } else if (!proposals.offer(new Submission(proposal, outcome))) {
            outcome.completeExceptionally(new OverloadedException(MAILBOX));
        } else if (!thread.isAlive()) {
            refuseAll(new ReadOnlyException("it is closed")); // it ended between the first look and the offer
        }
        return outcome;
    }

    /** Hears of every change until the subscription is closed. */
    public Subscription subscribe(EventListener listener) {
        return events.subscribe(listener);
    }

    /** Reads from the store, from any thread. */
    public ReplicaReader reader() {
        return store;
    }

    public Origin origin() {
        return replica.origin();
    }

    /** Why the node takes no writes; null when it does. */
    public @Nullable ReadOnlyException refusal() {
        return refusal;
    }

    /** Takes no writes from now on, and says why; what comes from other nodes is still applied. */
    public void refuseWrites(String reason) {
        refusal = new ReadOnlyException(reason);
    }

    /** How many proposals wait. */
    public int waiting() {
        return proposals.size();
    }

    /** How many messages were dropped because the mailbox was full. */
    public long droppedMessages() {
        return droppedArrivals.get();
    }

    /** What the replica counted; a moment old. */
    public ReplicaStatistics statistics() {
        return replica.statistics();
    }

    private void receive(Origin from, Message message) {
        if (!arrivals.offer(new Arrival(from, message))) {
            droppedArrivals.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!closing || !proposals.isEmpty()) {
                work();
            }
        } catch (RuntimeException | Error broken) {
            LOG.error("The replica failed; this node takes no more writes", broken);
            refusal = new ReadOnlyException(String.valueOf(broken.getMessage()), broken);
        } finally {
            ReadOnlyException refused = refusal;
            refuseAll(refused == null ? new ReadOnlyException("it is closed") : refused);
        }
    }

    private void work() {
        Submission first = null;
        try {
            first = arrivals.isEmpty() ? proposals.poll(TICK_MILLIS, TimeUnit.MILLISECONDS) : proposals.poll();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            closing = true;
        }
        if (first != null) {
            List<Submission> batch = new ArrayList<>();
            batch.add(first);
            proposals.drainTo(batch, BATCH - 1);
            try {
                perform(replica.propose(batch.stream().map(Submission::proposal).toList()), batch);
            } catch (RuntimeException | Error broken) {
                ReadOnlyException unknown = new ReadOnlyException(
                        "its disk or replica failed; whether this write was stored shows after a restart", broken);
                batch.forEach(submission -> submission.outcome().completeExceptionally(unknown));
                throw broken;
            }
        }
        if (transport != null) {
            List<Arrival> batch = new ArrayList<>();
            arrivals.drainTo(batch, BATCH);
            batch.forEach(arrival -> perform(replica.receive(arrival.from(), arrival.message()), List.of()));
            perform(replica.tick(System.nanoTime() / 1_000_000), List.of());
        }
    }

    /** In the order that {@link Effects} names. */
    private void perform(Effects effects, List<Submission> submissions) {
        if (!effects.commit().isEmpty()) {
            store.commit(effects.commit());
        }
        if (transport != null) {
            effects.messages().forEach(transport::send);
        }
        events.publish(effects.events());
        for (int i = 0; i < submissions.size(); i++) {
            submissions.get(i).outcome().complete(effects.outcomes().get(i));
        }
        for (Alarm alarm : effects.alarms()) {
            LOG.warn(alarm.text());
        }
    }

    private void refuseAll(ReadOnlyException reason) {
        Submission submission = proposals.poll();
        while (submission != null) {
            submission.outcome().completeExceptionally(reason);
            submission = proposals.poll();
        }
    }

    /** Carries out what is waiting, within five seconds, then lets go of everything; a second call does nothing. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (transport != null) {
            transport.close();
        }
        events.close();
        store.close();
    }
}
