package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobFailedException;
import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.causality.Bytes;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.causality.WallClock;
import io.ticketmesh.cluster.MemberStatus;
import io.ticketmesh.node.EventListener;
import io.ticketmesh.node.Node;
import io.ticketmesh.node.Subscription;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.replica.TicketEvent;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.change.AddAttachment;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.transport.TransportListener;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks after bytes: it fetches from other nodes what tickets refer to and this node lacks, gives others what they ask
 * for, deletes what no ticket refers to, and reads all again to find what has rotted. It fetches as soon as it hears of an attachment; a look
 * over all of them finds what that missed. Thread-safe.
 *
 * <p>Its queues are bounded: of {@link #INBOX} messages, after which messages are dropped, for which whoever sent them asks again; and of
 * {@link #WISHES} wishes, after which a wish is found by the next look.
 */
final class Porter implements TransportListener, EventListener, AutoCloseable {
    /** The most messages that wait, some 16 MiB. */
    static final int INBOX = 128;

    static final int WISHES = 4_096;

    /** The most different bytes that are waited for. */
    static final int MAX_AWAITED = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Porter.class);

    /** The version of the wire that knows attachments. */
    private static final int SINCE_WIRE = 2;

    private static final long TICK_MILLIS = 50;
    private static final long REST_SECONDS = 10;
    private static final long CLOSE_MILLIS = 2_000;

    private final Node node;
    private final BlobStore blobs;
    private final BlockingQueue<Incoming> inbox = new ArrayBlockingQueue<>(INBOX);
    private final BlockingQueue<Wish> wishes = new ArrayBlockingQueue<>(WISHES);
    private final Map<ContentHash, CompletableFuture<Boolean>> awaited = new ConcurrentHashMap<>();
    private final Random random = new Random();
    private final Fetching fetching;
    private final MissingBytes missing;
    private final UnusedBytes unused;
    private final DamagedBytes damaged;
    private final Thread thread = new Thread(this::run, "ticketmesh-attachments");
    private final long startedNanos = System.nanoTime();
    private final Subscription subscription;

    /** Held by what deletes bytes, and by what wants all of them to stay. */
    private final ReentrantLock deleting = new ReentrantLock();

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean hurry;
    /** Who could be asked at the last look; touched by its own thread only. */
    private Set<Origin> known = Set.of();

    /** A moment old; written by the thread. */
    private volatile int missingNow;

    Porter(Node node, BlobStore blobs, WallClock clock, Rounds rounds) {
        this.node = node;
        this.blobs = blobs;
        this.fetching = new Fetching(blobs, this::peers, node::send, this::ended);
        this.missing = new MissingBytes(node.reader(), blobs, fetching::want, rounds.missingMillis(), nowMillis());
        this.unused =
                new UnusedBytes(node.reader(), blobs, clock, () -> node.mesh().catchingUp(), rounds, nowMillis());
        this.damaged = new DamagedBytes(
                blobs, rounds, new ContentHash(random.nextLong(), 0, 0, 0), () -> hurry = true, nowMillis());
        this.subscription = node.subscribe(this);
        node.deliverBlobsTo(this);
        thread.setDaemon(true);
        thread.start();
    }

    /** How many bytes of attachments lack here, as far as is known. */
    int missing() {
        return missingNow;
    }

    /**
     * Fetches bytes that somebody waits for, and asks again for them as long as he does.
     *
     * @return completes with whether they are here, when they are or when nobody has sent them; with false at once when too much is waited
     *     for; never exceptionally
     */
    CompletableFuture<Boolean> fetch(Attachment attachment, Duration wait) {
        Wish wish = new Wish(attachment.hash(), attachment.size(), null, nowMillis() + 1 + wait.toMillis());
        if (closed.getCount() == 0 || awaited.size() >= MAX_AWAITED) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> future = awaited.computeIfAbsent(wish.hash(), hash -> new CompletableFuture<>());
        if (!wishes.offer(wish)) {
            ended(wish.hash(), false);
        }
        return future;
    }

    /** Whether the bytes are here and right; what is damaged is asked for by and by. */
    boolean areSound(ContentHash hash) {
        return damaged.areSound(hash);
    }

    /** What the last look over all attachments found. */
    Census census() {
        return missing.census();
    }

    Fetching fetching() {
        return fetching;
    }

    DamagedBytes damaged() {
        return damaged;
    }

    /** Does something while nothing is deleted. */
    void whileAllIsKept(Runnable action) {
        deleting.lock();
        try {
            action.run();
        } finally {
            deleting.unlock();
        }
    }

    // What transport and replica tell; their threads only leave it in a queue.

    @Override
    public void received(Origin from, Message message) {
        if (!inbox.offer(new Incoming(from, message))) {
            LOG.debug("Dropped a message of {} about bytes", from);
        }
    }

    @Override
    public void groupChanged(int members) {
        hurry = true;
    }

    @Override
    public void ticketChanged(TicketEvent event) {
        if (event instanceof TicketEvent.Changed changed && changed.remote()) {
            for (Change change : changed.operation().changes()) {
                if (change instanceof AddAttachment added) {
                    wish(added.attachment(), changed.operation().id().origin());
                }
            }
        } else if (event instanceof TicketEvent.Adopted) {
            hurry = true;
        }
    }

    @Override
    public void eventsMissed() {
        hurry = true;
    }

    private void wish(Attachment attachment, Origin from) {
        if (!wishes.offer(Wish.of(attachment, from))) {
            LOG.debug("The bytes {} are looked for later", attachment.hash());
        }
    }

    private void ended(ContentHash hash, boolean here) {
        CompletableFuture<Boolean> future = awaited.remove(hash);
        if (future != null) {
            future.complete(here);
        }
    }

    /** Who can be asked, in any order: members that are heard and know these messages. */
    private List<Origin> peers() {
        List<Origin> peers = node.mesh().members().stream()
                .filter(member ->
                        !member.self() && member.reachable() && member.member().wire() >= SINCE_WIRE)
                .map(MemberStatus::origin)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toList());
        Collections.shuffle(peers, random);
        return peers;
    }

    private long nowMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    private void run() {
        while (closed.getCount() > 0) {
            try {
                work();
            } catch (InterruptedException e) {
                LOG.trace("Only close interrupts, which the loop asks", e);
            } catch (RuntimeException broken) {
                LOG.warn("Bytes of attachments could not be looked after; trying again in {} s", REST_SECONDS, broken);
                rest();
            }
        }
        fetching.close();
        List.copyOf(awaited.keySet()).forEach(hash -> ended(hash, false));
    }

    private void rest() {
        try {
            if (!closed.await(REST_SECONDS, TimeUnit.SECONDS)) {
                hurry = true;
            }
        } catch (InterruptedException e) {
            LOG.trace("Only close interrupts, which the loop asks", e);
        }
    }

    private void work() throws InterruptedException {
        Incoming first = inbox.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            handle(first);
            List<Incoming> others = new ArrayList<>();
            inbox.drainTo(others);
            others.forEach(this::handle);
        }
        List<Wish> fresh = new ArrayList<>();
        wishes.drainTo(fresh);
        fresh.forEach(fetching::want);
        long nowMillis = nowMillis();
        fetching.tick(nowMillis);
        missingNow = fetching.missing();
        Set<Origin> others = Set.copyOf(peers());
        if (hurry || !known.containsAll(others)) { // whoever comes may have what lacks
            hurry = false;
            missing.hurry();
        }
        known = others;
        if (missing.isDue(nowMillis)) {
            missing.look(nowMillis, !others.isEmpty());
        }
        if (damaged.isDue(nowMillis)) {
            damaged.look(nowMillis);
        }
        if (unused.isDue(nowMillis) && deleting.tryLock()) {
            try {
                unused.look(nowMillis);
            } finally {
                deleting.unlock();
            }
        }
    }

    private void handle(Incoming incoming) {
        if (incoming.message() instanceof Message.BlobPart part) {
            fetching.receive(incoming.from(), part, nowMillis());
        } else if (incoming.message() instanceof Message.BlobRequest request) {
            node.send(new Outgoing(incoming.from(), answer(request)));
        }
    }

    private Message.BlobPart answer(Message.BlobRequest request) {
        return new Message.BlobPart(request.hash(), request.position(), content(request));
    }

    /** Nothing where it cannot be read either: others have it too. */
    private Bytes content(Message.BlobRequest request) {
        try {
            OptionalLong size = blobs.size(request.hash());
            boolean begins = request.position() == 0;
            if ((begins && !damaged.areSound(request.hash()))
                    || size.isEmpty()
                    || request.position() >= size.getAsLong()) {
                return Bytes.EMPTY;
            }
            try (InputStream bytes = blobs.open(request.hash(), request.position())) {
                return Bytes.of(bytes.readNBytes(Math.min(request.length(), Message.BlobPart.MAX_BYTES)));
            }
        } catch (IOException | BlobFailedException broken) {
            LOG.warn("The bytes {} cannot be read for another node", request.hash(), broken);
            return Bytes.EMPTY;
        }
    }

    /** Ends the thread, within two seconds. A second call does nothing. */
    @Override
    public void close() {
        closed.countDown();
        subscription.close();
        try {
            thread.interrupt();
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
