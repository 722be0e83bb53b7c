package io.ticketmesh.node;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.OperationId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.CatchUp;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.cluster.Holding;
import io.ticketmesh.cluster.MeshStatus;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.Alarm;
import io.ticketmesh.replica.Effects;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.replica.Replica;
import io.ticketmesh.replica.ReplicaStatistics;
import io.ticketmesh.store.Commit;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.store.ReplicaStore;
import io.ticketmesh.ticket.Book;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.transport.Transport;
import io.ticketmesh.transport.TransportListener;
import io.ticketmesh.transport.TransportStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that feeds a replica and performs its effects: it takes all proposals that are waiting, lets the replica turn them
 * into one commit, makes that durable with one force of the disk, and answers them all; then it does the same with the messages
 * that have come. Thread-safe.
 *
 * <p>The mailbox holds {@link #MAILBOX} proposals, after which {@link OverloadedException}s are the answer, and {@link #ARRIVALS}
 * messages, or as many as have some 64 MB of text, after which messages are dropped and repaired later.
 */
public final class Node implements AutoCloseable {
    /** The most proposals that wait. */
    public static final int MAILBOX = 8_192;

    /** The most messages that wait. */
    public static final int ARRIVALS = 2_048;

    /** The most proposals in one commit, and about the most operations that messages bring into one. */
    static final int BATCH = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long TICK_NANOS = 20_000_000;

    /** How long it looks for more before it sleeps: 100 µs, and not at all where nobody else could run meanwhile. */
    private static final long LOOK_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 100_000 : 0;

    private static final long CARRY_OUT_MILLIS = 2_500;
    private static final long HURRY_MILLIS = 1_000;
    private static final long MESH_MILLIS = 200;
    private static final int ERRANDS = 64;
    private static final Duration HOLDINGS_TIMEOUT = Duration.ofSeconds(1);

    /** A catch-up that took this long is told in the log when it ends. */
    private static final long TOLD_CATCH_UP_MILLIS = 2_000;

    /** How often time passes for the replica while it has much to do. */
    private static final long PULSE_MILLIS = 5;

    private final ReplicaStore store;
    private final Replica replica;
    private final @Nullable Transport transport;
    private final EventHub events = new EventHub();
    private final BlockingQueue<Submission> proposals = new ArrayBlockingQueue<>(MAILBOX);
    private final Arrivals arrivals = new Arrivals();
    private final Expectations expectations = new Expectations();
    private final AtomicBoolean storeClosed = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "ticketmesh-replica");
    private final long startedNanos = System.nanoTime();

    /** The proposals whose commit is under way. Written by the replica thread. */
    private volatile List<Submission> current = List.of();

    /** Whether it has just answered somebody. Of the replica thread. */
    private boolean answered;

    private volatile ReplicaStatistics statistics;

    /** Written by the replica thread alone. */
    private volatile WriteStatistics written = WriteStatistics.NONE;

    /** A moment old; made anew by the replica thread. */
    private volatile MeshStatus mesh;

    private long meshSeenMillis;

    /** When the replica was last told that time passes, and the expectations were looked at. Of the replica thread. */
    private long tickedMillis = -PULSE_MILLIS;

    /** Whether the group changed since the replica last greeted it. */
    private volatile boolean groupChanged;

    /** What the replica thread is to do besides, in order. Bounded by {@link #ERRANDS}. */
    private final BlockingQueue<Errand> errands = new ArrayBlockingQueue<>(ERRANDS);

    /** Whose answer is under way. Written by the replica thread. */
    private volatile @Nullable Errand errand;

    /** Why nobody's writes are taken; null when they are. */
    private volatile @Nullable Refusal refusal;

    /** No proposals are taken any more; those that wait are carried out. */
    private volatile boolean closing;

    /** Those that wait are refused too. */
    private volatile boolean hurried;

    /** The replica thread empties the mailbox for the last time: who puts something into it must empty it himself. */
    private volatile boolean ended;

    /** The replica thread hangs in the disk and must close the store itself when it returns. */
    private volatile boolean left;

    /** Hears what is about the bytes of attachments, and not for the replica. */
    private volatile TransportListener porter = (from, message) -> {};

    /** Guarded by this. */
    private boolean closed;

    private record Submission(Proposal proposal, CompletableFuture<Outcome> outcome) {}

    /** @param answer completes with what the work returns */
    private record Errand(Supplier<Long> work, CompletableFuture<Long> answer) {}

    /**
     * @param store is closed with the node
     * @param transport is closed with the node; null for a node that is alone
     */
    public Node(ReplicaStore store, Replica replica, @Nullable Transport transport) {
        this.store = store;
        this.replica = replica;
        this.transport = transport;
        this.statistics = replica.statistics();
        this.mesh = replica.mesh();
    }

    /** Opens the replica durably and starts the threads. Called once; when it fails the node is still to be closed. */
    public void start() {
        perform(replica.open());
        if (transport != null) {
            transport.start(new Ear());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Posts a proposal. The future completes after the commit, on the replica thread: what is done there must not wait, least of all
     * for another proposal.
     *
     * @return completes exceptionally with {@link OverloadedException} when the mailbox is full and with {@link ReadOnlyException}
     *     when the node takes no writes; nothing was stored then, unless the latter's text says that this is open
     */
    public CompletableFuture<Outcome> propose(Proposal proposal) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Refusal refused = standing();
        if (refused != null) {
            outcome.completeExceptionally(refused.exception());
        } else if (!proposals.offer(new Submission(proposal, outcome))) {
            outcome.completeExceptionally(new OverloadedException(MAILBOX));
        } else if (ended) {
            refuseWaiting(); // it ended between the first look and the offer
        } else {
            LockSupport.unpark(thread);
        }
        return outcome;
    }

    /** Hears of every change until the subscription is closed; of nothing once the node is closed. */
    public Subscription subscribe(EventListener listener) {
        return events.subscribe(listener);
    }

    /**
     * Whoever carries the bytes of attachments hears what other nodes say of them, from now on. As every listener of a transport it
     * returns at once and never throws.
     */
    public void deliverBlobsTo(TransportListener porter) {
        this.porter = porter;
    }

    /** Reads from the store, from any thread. */
    public ReplicaReader reader() {
        return store;
    }

    public Origin origin() {
        return replica.origin();
    }

    /** Takes no writes from now on, and says why; what comes from other nodes is still applied. */
    public void refuseWrites(String reason) {
        refusal = new Refusal(reason, null, true);
    }

    /** Why the node takes no writes; null when it does. */
    public @Nullable ReadOnlyException refusal() {
        Refusal refused = standing();
        return refused == null ? null : refused.exception();
    }

    /** How many proposals wait. */
    public int waiting() {
        return proposals.size();
    }

    /** How many messages were dropped because too many waited. */
    public long droppedMessages() {
        return arrivals.dropped();
    }

    /** What the replica counted; a moment old. */
    public ReplicaStatistics statistics() {
        return statistics;
    }

    /** What was written since the node was opened. */
    public WriteStatistics written() {
        return written;
    }

    /** How the transport does. */
    public TransportStatus network() {
        return transport == null ? TransportStatus.MEMORY : transport.status();
    }

    /** How the mesh is, as this node sees it; a moment old. */
    public MeshStatus mesh() {
        return mesh;
    }

    /**
     * Waits until this node holds all that {@code version} covers.
     *
     * @return completes with whether it does, at the latest after {@code timeout}; never exceptionally
     */
    public CompletableFuture<Boolean> reached(VersionVector version, Duration timeout) {
        Supplier<Boolean> held = () -> store.version().dominates(version);
        return held.get()
                ? CompletableFuture.completedFuture(true)
                : expect(held, Boolean::booleanValue, timeout, false);
    }

    /**
     * Waits until as many members as wanted hold all that {@code version} covers on disk. Only of a proposal that was {@link
     * Proposal#acknowledgedByOthers()} others tell at once.
     *
     * @return completes with who holds it, at the latest after {@code timeout}; never exceptionally
     */
    public CompletableFuture<Copies> copies(VersionVector version, Acknowledgement wanted, Duration timeout) {
        Copies unknown = new Copies(Set.of(origin().node()), mesh.active(), wanted);
        return expect(() -> replica.copies(version, wanted), Copies::reached, timeout, unknown);
    }

    /**
     * Asks who is known to hold the operation on disk, and since when.
     *
     * @return completes at once, with nothing when the node has failed or is closed; never exceptionally
     */
    public CompletableFuture<List<Holding>> holdings(OperationId operation) {
        return expect(() -> replica.holdings(operation), known -> true, HOLDINGS_TIMEOUT, List.of());
    }

    private <T> CompletableFuture<T> expect(Supplier<T> answer, Predicate<T> fulfilled, Duration timeout, T refused) {
        CompletableFuture<T> future = expectations.add(answer, fulfilled, timeout, refused);
        LockSupport.unpark(thread);
        return future;
    }

    /**
     * Takes a node out of the mesh until it is heard again: nobody waits for its acknowledgement any more. All nodes learn of it.
     *
     * @throws OverloadedException when too much of that kind waits
     */
    public void retire(NodeId member) {
        CompletableFuture<Long> unused = carryOut(() -> {
            perform(replica.retire(member));
            return 0L;
        });
    }

    /**
     * Takes operations in as if another node had sent them.
     *
     * @return completes with how many of them were new, once they are on disk; exceptionally, with {@link ReadOnlyException}, when the
     *     node fails or is closed meanwhile
     * @throws ReadOnlyException when the node takes no writes
     * @throws OverloadedException when too much of that kind waits
     */
    public CompletableFuture<Long> bring(List<Operation> operations) {
        return carryOut(() -> {
            VersionVector before = store.version();
            perform(replica.bring(operations));
            return store.version().countBeyond(before);
        });
    }

    private CompletableFuture<Long> carryOut(Supplier<Long> work) {
        Refusal refused = standing();
        if (refused != null) {
            throw refused.exception();
        }
        CompletableFuture<Long> answer = new CompletableFuture<>();
        if (!errands.offer(new Errand(work, answer))) {
            throw new OverloadedException(ERRANDS);
        }
        if (ended) {
            refuseWaiting(); // it ended between the first look and the offer
        }
        LockSupport.unpark(thread);
        return answer;
    }

    private @Nullable Refusal standing() {
        Refusal refused = refusal;
        return refused == null && closing ? Refusal.CLOSED : refused;
    }

    /** What the transport tells; its threads only leave it in the mailbox. */
    private final class Ear implements TransportListener {
        @Override
        public void received(Origin from, Message message) {
            if (message instanceof Message.OfBlobs) {
                porter.received(from, message);
            } else if (!ended && arrivals.offer(new Incoming(from, message))) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void groupChanged(int members) {
            groupChanged = true;
            porter.groupChanged(members);
        }
    }

    private void run() {
        try {
            while (!closing || !hurried && !proposals.isEmpty()) {
                work();
            }
        } catch (RuntimeException | Error broken) {
            LOG.error("The replica failed; this node takes no more writes", broken);
            refusal = new Refusal(String.valueOf(broken.getMessage()), broken);
            abandonCurrent(broken);
        } finally {
            ended = true;
            refuseWaiting();
            expectations.close();
            arrivals.take(Integer.MAX_VALUE); // nobody will
            if (refusal != null && transport != null) {
                transport.close(); // a replica that is wrong must not speak to others
            }
            if (left) {
                closeStore();
            }
        }
    }

    private void work() {
        awaitWork();
        Thread.interrupted(); // what somebody did to a future may have left it; it must not reach the disk
        propose();
        runErrand();
        long nowMillis = (System.nanoTime() - startedNanos) / 1_000_000;
        boolean heard = false;
        if (transport != null) {
            heard = receive();
            if (groupChanged) {
                groupChanged = false;
                replica.greet();
            }
        }
        if (nowMillis - tickedMillis >= PULSE_MILLIS) {
            tickedMillis = nowMillis;
            if (transport != null) {
                perform(replica.tick(nowMillis));
            }
            heard = true;
        }
        if (heard) {
            expectations.look();
        }
        if (nowMillis - meshSeenMillis >= MESH_MILLIS) {
            seeMesh(replica.mesh());
            meshSeenMillis = nowMillis;
        }
        store.finishCommit();
        statistics = replica.statistics();
    }

    private void seeMesh(MeshStatus seen) {
        CatchUp ended = mesh.catchingUp() && !seen.catchingUp() ? seen.lastCatchUp() : null;
        if (ended != null && ended.tookMillis() >= TOLD_CATCH_UP_MILLIS) {
            LOG.info("Has all that others hold, after {} s", ended.tookMillis() / 1_000);
        }
        mesh = seen;
    }

    /**
     * Waits for a proposal or a message, or for the next tick. Who was just answered often has something more to say, and to wake a
     * thread takes about as long as to force the disk; so after answers this looks for a while before it sleeps.
     */
    private void awaitWork() {
        long until = System.nanoTime() + (answered ? LOOK_NANOS : 0);
        answered = false;
        while (proposals.isEmpty() && arrivals.isEmpty() && errands.isEmpty() && !closing) {
            if (System.nanoTime() >= until) {
                LockSupport.parkNanos(this, TICK_NANOS);
                return;
            }
            Thread.onSpinWait();
        }
    }

    private void propose() {
        List<Submission> batch = new ArrayList<>();
        proposals.drainTo(batch, BATCH);
        if (batch.isEmpty()) {
            return;
        }
        current = batch;
        Effects effects =
                replica.propose(batch.stream().map(Submission::proposal).toList());
        perform(effects);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).outcome().complete(effects.outcomes().get(i));
        }
        written = written.withWrites(batch.size());
        current = List.of();
        store.finishCommit();
        answered = true;
    }

    private void runErrand() {
        Errand next = errands.poll();
        if (next != null) {
            errand = next;
            next.answer().complete(next.work().get());
            errand = null;
        }
    }

    /** Whether anything had come. */
    private boolean receive() {
        List<Incoming> batch = arrivals.take(BATCH);
        if (!batch.isEmpty()) {
            perform(replica.receive(batch));
        }
        return !batch.isEmpty();
    }

    /** In the order that {@link Effects} names; the outcomes are left to the caller. */
    private void perform(Effects effects) {
        if (!effects.commit().isEmpty()) {
            long begin = System.nanoTime();
            store.commit(effects.commit());
            written = written.withCommit(operationsOf(effects.commit()), System.nanoTime() - begin);
        }
        effects.messages().forEach(this::send);
        events.publish(effects.events(), booksOf(effects.commit()));
        for (Alarm alarm : effects.alarms()) {
            LOG.warn(alarm.text());
        }
    }

    private static List<TicketId> booksOf(Commit commit) {
        return commit.tickets().stream().map(Ticket::id).filter(Book::isBook).toList();
    }

    private static long operationsOf(Commit commit) {
        return commit.entries().stream()
                .filter(entry -> entry instanceof Operation)
                .count();
    }

    /** Sends a message to other nodes without waiting; it may be lost. Any thread. */
    public void send(Outgoing outgoing) {
        if (transport == null) {
            return;
        }
        try {
            transport.send(outgoing);
        } catch (RuntimeException broken) {
            LOG.warn(
                    "A message could not be sent; it counts as lost",
                    broken); // the commit stands, and loss is repaired
        }
    }

    private void abandonCurrent(@Nullable Throwable cause) {
        Refusal unknown = new Refusal(
                "it was stopped by its disk or replica; whether this write was stored shows after a restart", cause);
        current.forEach(submission -> submission.outcome().completeExceptionally(unknown.exception()));
        Errand underWay = errand;
        if (underWay != null) {
            underWay.answer().completeExceptionally(unknown.exception());
        }
    }

    private void refuseWaiting() {
        Refusal refused = Objects.requireNonNullElse(standing(), Refusal.CLOSED);
        for (Submission next = proposals.poll(); next != null; next = proposals.poll()) {
            next.outcome().completeExceptionally(refused.exception());
        }
        for (Errand next = errands.poll(); next != null; next = errands.poll()) {
            next.answer().completeExceptionally(refused.exception());
        }
    }

    /**
     * Carries out what is waiting, within five seconds, then lets go of everything. What cannot be carried out in that time is
     * refused. A disk that does not answer at all is left to the replica thread, which ends when it answers; so is everything when
     * that thread itself calls. A second call does nothing; it waits for the first.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        LockSupport.unpark(thread);
        boolean stopped = Deadline.in(CARRY_OUT_MILLIS).join(thread);
        hurried = true;
        stopped = stopped || Deadline.in(HURRY_MILLIS).join(thread);
        if (transport != null) {
            transport.close();
        }
        if (stopped) {
            events.close();
            refuseWaiting(); // of a node that was never started
            closeStore();
        } else {
            leave();
            events.close();
        }
    }

    private void leave() {
        if (Thread.currentThread() != thread) {
            LOG.error("The disk does not answer; the store is closed as soon as it does");
            abandonCurrent(null);
        }
        refuseWaiting();
        left = true;
        if (ended) {
            closeStore(); // it ended in between, and may not have seen that it was left
        }
    }

    private void closeStore() {
        if (storeClosed.compareAndSet(false, true)) {
            store.close();
        }
    }
}
