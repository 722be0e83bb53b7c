package io.ticketmesh.attachment;

import io.ticketmesh.blob.BlobFailedException;
import io.ticketmesh.blob.BlobStore;
import io.ticketmesh.blob.NoRoomException;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Message;
import io.ticketmesh.replica.Outgoing;
import io.ticketmesh.ticket.Attachment;
import io.ticketmesh.ticket.ContentHash;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lacks here and whom it is asked of. Only what a ticket refers to is asked for, a few things at a time, each of one node after the
 * other until one has it. What nobody has is asked for again as long as somebody waits; else it is given up, and wanted anew by whoever
 * finds it missing again.
 *
 * <p>Owned by the porter's thread; time comes from outside.
 */
final class Fetching {
    /** The most things that wait to be asked for; what does not fit is found missing again later. */
    static final int MAX_WAITING = 4_096;

    /** The most things that are under way, some 1 MiB in memory. */
    static final int MAX_TRANSFERS = 4;

    /** After so long without a part it is asked again. */
    static final long REPEAT_MILLIS = 500;

    /** After so many times in vain another node is asked. */
    static final int MAX_REPEATS = 4;

    /** For how long nothing is fetched once this node could not keep it. */
    static final long REST_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);

    private final BlobStore blobs;
    private final Supplier<List<Origin>> peers;
    private final Consumer<Outgoing> sending;
    private final Listener listener;
    private final Map<ContentHash, Wish> awaited = new LinkedHashMap<>();
    private final Map<ContentHash, Wish> waiting = new LinkedHashMap<>();
    private final Map<ContentHash, Attempt> attempts = new LinkedHashMap<>();
    private final Map<ContentHash, Retry> retries = new LinkedHashMap<>();
    private long restUntilMillis = Long.MIN_VALUE;
    private final LongAdder fetched = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** Hears how it ended. */
    @FunctionalInterface
    interface Listener {
        /** @param here whether the bytes are here now */
        void ended(ContentHash hash, boolean here);
    }

    /** @param asked who was asked, the sender of this transfer among them */
    private record Attempt(Wish wish, Set<Origin> asked, Transfer transfer) {}

    private record Retry(Wish wish, long atMillis) {}

    /**
     * @param peers the nodes that can be asked, in the order in which to ask them
     */
    Fetching(BlobStore blobs, Supplier<List<Origin>> peers, Consumer<Outgoing> sending, Listener listener) {
        this.blobs = blobs;
        this.peers = peers;
        this.sending = sending;
        this.listener = listener;
    }

    /** How much lacks here, as far as is known. */
    int missing() {
        return awaited.size() + waiting.size() + attempts.size() + retries.size();
    }

    /** How much has come from other nodes. Any thread may ask. */
    long fetched() {
        return fetched.sum();
    }

    /** How often something was given up, because no node had it or it could not be kept. Any thread may ask. */
    long failed() {
        return failed.sum();
    }

    /** Wants something, if it is not under way. */
    void want(Wish wish) {
        Attempt attempt = attempts.get(wish.hash());
        if (attempt != null) {
            Wish longer = wish.untilMillis() > attempt.wish().untilMillis() ? wish : attempt.wish();
            attempts.put(wish.hash(), new Attempt(longer, attempt.asked(), attempt.transfer()));
        } else if (wish.size() > Attachment.MAX_BYTES) {
            listener.ended(wish.hash(), false);
        } else if (wish.isAwaited()) {
            retries.remove(wish.hash());
            waiting.remove(wish.hash());
            awaited.put(wish.hash(), wish);
        } else if (!awaited.containsKey(wish.hash()) && waiting.size() < MAX_WAITING) {
            waiting.putIfAbsent(wish.hash(), wish);
        }
    }

    /** Time passes. */
    void tick(long nowMillis) {
        List.copyOf(attempts.values()).forEach(attempt -> {
            if (attempt.transfer().idleMillis(nowMillis) >= REPEAT_MILLIS) {
                repeat(attempt, nowMillis);
            }
        });
        List.copyOf(retries.values()).stream()
                .filter(retry -> nowMillis >= retry.atMillis())
                .forEach(retry -> want(retry.wish()));
        while (nowMillis >= restUntilMillis
                && attempts.size() < MAX_TRANSFERS
                && !(awaited.isEmpty() && waiting.isEmpty())) {
            begin(takeNext(), nowMillis);
        }
        if (nowMillis < restUntilMillis) {
            List<ContentHash> all = List.copyOf(awaited.keySet());
            awaited.clear();
            all.forEach(hash -> listener.ended(hash, false));
        }
    }

    private Wish takeNext() {
        Iterator<Wish> next = (awaited.isEmpty() ? waiting : awaited).values().iterator();
        Wish wish = next.next();
        next.remove();
        return wish;
    }

    private void begin(Wish wish, long nowMillis) {
        try {
            if (blobs.size(wish.hash()).isPresent()) {
                listener.ended(wish.hash(), true);
                return;
            }
        } catch (BlobFailedException broken) {
            rest(wish, broken, nowMillis);
            return;
        }
        tryNext(wish, new HashSet<>(), nowMillis);
    }

    private void tryNext(Wish wish, Set<Origin> asked, long nowMillis) {
        Origin next = next(wish, asked);
        if (next == null) {
            giveUp(wish, nowMillis);
            return;
        }
        asked.add(next);
        try {
            Attempt attempt = new Attempt(wish, asked, new Transfer(wish, next, blobs.draft(), nowMillis));
            attempts.put(wish.hash(), attempt);
            goOn(attempt, nowMillis); // which ends it when there is nothing in it
        } catch (NoRoomException | BlobFailedException broken) {
            Attempt begun = attempts.get(wish.hash());
            if (begun != null) {
                end(begun);
            }
            rest(wish, broken, nowMillis);
        }
    }

    /** Its author before all others, also where he is not known yet: what he wrote has come. Others may have come since the last one was asked. */
    private @Nullable Origin next(Wish wish, Set<Origin> asked) {
        Origin author = wish.from();
        if (author != null && !asked.contains(author)) {
            return author;
        }
        return peers.get().stream()
                .filter(each -> !asked.contains(each))
                .findFirst()
                .orElse(null);
    }

    private void send(Origin to, List<Message.BlobRequest> requests) {
        requests.forEach(request -> sending.accept(new Outgoing(to, request)));
    }

    private void repeat(Attempt attempt, long nowMillis) {
        if (attempt.transfer().repeats() >= MAX_REPEATS) {
            leave(attempt, nowMillis);
        } else {
            send(attempt.transfer().from(), attempt.transfer().askAgain(nowMillis));
        }
    }

    /** A part has come. Whatever was not asked of its sender is ignored. */
    void receive(Origin from, Message.BlobPart part, long nowMillis) {
        Attempt attempt = attempts.get(part.hash());
        if (attempt == null || !attempt.transfer().from().equals(from)) {
            return;
        }
        try {
            switch (attempt.transfer().take(part, nowMillis)) {
                case TAKEN -> goOn(attempt, nowMillis);
                case REFUSED -> leave(attempt, nowMillis);
                case IGNORED -> {}
            }
        } catch (NoRoomException | BlobFailedException broken) {
            end(attempt);
            rest(attempt.wish(), broken, nowMillis);
        }
    }

    private void goOn(Attempt attempt, long nowMillis) {
        if (attempt.transfer().isComplete()) {
            finish(attempt, nowMillis);
        } else {
            send(attempt.transfer().from(), attempt.transfer().ask());
        }
    }

    private void finish(Attempt attempt, long nowMillis) {
        if (attempt.transfer().keep()) {
            end(attempt);
            fetched.increment();
            listener.ended(attempt.wish().hash(), true);
        } else {
            LOG.warn(
                    "{} sent other bytes than {}, which were thrown away",
                    attempt.transfer().from(),
                    attempt.wish().hash());
            leave(attempt, nowMillis);
        }
    }

    /** Asks the next one, from the beginning: who broke off may have sent anything. */
    private void leave(Attempt attempt, long nowMillis) {
        end(attempt);
        tryNext(attempt.wish(), attempt.asked(), nowMillis);
    }

    private void end(Attempt attempt) {
        attempts.remove(attempt.wish().hash());
        attempt.transfer().close();
    }

    private void giveUp(Wish wish, long nowMillis) {
        long again = nowMillis + REPEAT_MILLIS;
        if (again < wish.untilMillis()) {
            retries.put(wish.hash(), new Retry(wish, again));
        } else {
            failed.increment();
            listener.ended(wish.hash(), false);
        }
    }

    private void rest(Wish wish, RuntimeException cause, long nowMillis) {
        restUntilMillis = nowMillis + REST_MILLIS;
        failed.increment();
        LOG.warn("Attachments of other nodes cannot be kept here; trying again in {} s", REST_MILLIS / 1_000, cause);
        listener.ended(wish.hash(), false);
    }

    /** Gives everything up. */
    void close() {
        attempts.values().forEach(attempt -> attempt.transfer().close());
        attempts.clear();
        retries.clear();
        awaited.clear();
        waiting.clear();
    }
}
