package io.ticketmesh.search;

import io.ticketmesh.store.ChangedTickets;
import io.ticketmesh.store.ReplicaReader;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.document.Document;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index at the store's heels: at once and at full speed while somebody waits, else in small steps, with three times as
 * much rest as work while it is near, so that writers in a hurry get the processors, and as much rest as work when it is far behind. An index that fails is thrown away and built again.
 *
 * <p>Owned by the thread {@code ticketmesh-search}, which alone changes the index; others wait for it, and search.
 */
final class StoreFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFollower.class);

    /** Log entries looked at in one step. */
    private static final int STEP = 512;

    /** So many log entries behind it is still near: they are indexed within a fraction of a second when somebody waits. */
    private static final int NEAR = 8_192;

    private static final int RESTS_WHEN_NEAR = 3;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long REFRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_RETRY_SECONDS = 60;

    private final ReplicaReader store;
    private final Directory directory;
    private final Lock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition progress = lock.newCondition();

    // guarded by lock; the index itself is changed by the owner only
    private @Nullable TicketIndex index;
    private long wanted;
    private long visible;
    private boolean closing;
    private boolean distrusted;
    private @Nullable Throwable problem;

    // touched by the owner only
    private long refreshedNanos = System.nanoTime();
    private int failures;
    private @Nullable Filling filling;

    /** How far an index that began with nothing has come. Not {@link TicketIndex#position}: one that is closed half-way begins again. */
    private static final class Filling {
        private final TicketIndex index;
        /** Up to where the store is indexed once all tickets were gone through. */
        private final long begin;

        private @Nullable TicketId last;

        Filling(TicketIndex index, long begin) {
            this.index = index;
            this.begin = begin;
        }
    }

    StoreFollower(ReplicaReader store, Directory directory) throws IOException {
        this.store = store;
        this.directory = directory;
        TicketIndex opened = TicketIndex.open(directory, store.node(), store.position());
        index = opened;
        visible = opened.position();
    }

    /**
     * Waits until searches see all changes up to {@code target}, or {@code patience} is over, or there is no hope.
     *
     * @return whether they do
     */
    boolean reach(long target, Duration patience) {
        lock.lock();
        try {
            if (target > wanted) {
                wanted = target;
                work.signal();
            }
            long nanos = nanosOf(patience);
            while (visible < target && nanos > 0 && !closing && problem == null) {
                nanos = progress.awaitNanos(nanos);
            }
            return visible >= target;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return visible >= target;
        } finally {
            lock.unlock();
        }
    }

    /** The index to search in. */
    TicketIndex index() {
        lock.lock();
        try {
            if (closing) {
                throw new SearchFailedException("The search index is closed", null);
            }
            if (index == null) {
                throw new SearchFailedException("The search index failed and is being built again", problem);
            }
            return index;
        } finally {
            lock.unlock();
        }
    }

    /** Reports that a search in {@code failed} hit damage. */
    void distrust(TicketIndex failed, Exception damage) {
        lock.lock();
        try {
            if (index == failed && !closing) {
                LOG.warn("The search index is damaged and will be built again", damage);
                distrusted = true;
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Up to where the store is indexed, whether searches see it yet or not. */
    long position() {
        lock.lock();
        try {
            return index == null ? 0 : index.position();
        } finally {
            lock.unlock();
        }
    }

    Optional<String> problem() {
        lock.lock();
        try {
            return Optional.ofNullable(problem).map(Throwable::toString);
        } finally {
            lock.unlock();
        }
    }

    /** Makes the thread end, which closes the index. */
    void stop() {
        lock.lock();
        try {
            closing = true;
            work.signal();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        boolean ended = false;
        try {
            while (!isClosing()) {
                try {
                    step();
                } catch (IOException | RuntimeException failure) {
                    giveUp(failure);
                }
            }
            ended = true;
        } finally {
            end(ended);
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void step() throws IOException {
        TicketIndex current = sound();
        long started = System.nanoTime();
        long behind = store.position() - current.position();
        if (behind > 0) {
            follow(current);
        } else {
            failures = 0;
        }
        if (isAwaited()) {
            boolean reached = current.position() >= awaited();
            if (reached || System.nanoTime() - refreshedNanos >= REFRESH_NANOS) {
                show(current);
            }
        } else {
            long worked = System.nanoTime() - started;
            rest(behind <= 0 ? IDLE_NANOS : behind <= NEAR ? RESTS_WHEN_NEAR * worked : worked);
        }
    }

    private void follow(TicketIndex current) throws IOException {
        if (current.position() == 0) {
            fill(current);
        } else {
            followChanges(current);
        }
    }

    /** Goes through the tickets once, so that one which changed often is put once; what changes meanwhile is followed afterwards. */
    private void fill(TicketIndex empty) throws IOException {
        if (filling == null || filling.index != empty) {
            filling = new Filling(empty, store.position());
        }
        List<TicketId> ids = store.ticketsAfter(filling.last, STEP);
        for (TicketId id : ids) {
            Optional<Document> document = documentOf(id);
            if (document.isPresent()) {
                empty.add(document.get());
            }
            filling.last = id;
        }
        if (ids.isEmpty()) {
            empty.advance(filling.begin);
            filling = null;
        }
    }

    private void followChanges(TicketIndex current) throws IOException {
        ChangedTickets changed = store.changedSince(current.position(), STEP);
        for (TicketId id : new LinkedHashSet<>(changed.tickets())) {
            Optional<Document> document = documentOf(id);
            if (document.isPresent()) {
                current.put(id, document.get());
            } else {
                current.remove(id);
            }
        }
        current.advance(changed.next());
    }

    /** What can be found of the ticket; nothing when it is gone, or when the store cannot read it: the others are still found. */
    private Optional<Document> documentOf(TicketId id) {
        try {
            return store.ticket(id).filter(Ticket::isBorn).map(ticket -> TicketDocument.of(ticket, store.comments(id)));
        } catch (RuntimeException unreadable) {
            LOG.warn("The ticket {} cannot be read and will not be found", id, unreadable);
            return Optional.empty();
        }
    }

    private void show(TicketIndex current) throws IOException {
        current.refresh();
        refreshedNanos = System.nanoTime();
        lock.lock();
        try {
            visible = current.position();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a search asked for more than searches see. */
    private boolean isAwaited() {
        lock.lock();
        try {
            return wanted > visible;
        } finally {
            lock.unlock();
        }
    }

    private long awaited() {
        lock.lock();
        try {
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    private void rest(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && wanted <= visible && !closing && !distrusted) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException nobodyElsesBusiness) {
            // the thread is ours, and stop() is how it ends
        } finally {
            lock.unlock();
        }
    }

    /** The index, built anew if it is not to be trusted. */
    private TicketIndex sound() throws IOException {
        TicketIndex current;
        lock.lock();
        try {
            current = distrusted ? null : index;
        } finally {
            lock.unlock();
        }
        return current != null ? current : rebuilt();
    }

    private TicketIndex rebuilt() throws IOException {
        drop();
        TicketIndex fresh = TicketIndex.fresh(directory, store.node());
        lock.lock();
        try {
            index = fresh;
            visible = 0;
            distrusted = false;
            problem = null;
        } finally {
            lock.unlock();
        }
        return fresh;
    }

    /** Counts on nothing that the index holds; the next step builds it anew. */
    private void giveUp(Exception failure) {
        failures++;
        LOG.warn("The search index failed and will be built again", failure);
        lock.lock();
        try {
            problem = failure;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        drop();
        if (failures > 1) {
            pause(Math.min(MAX_RETRY_SECONDS, 1 << Math.min(failures, 6)));
        }
    }

    private void pause(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            long left = until - System.nanoTime();
            while (left > 0 && !closing) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException nobodyElsesBusiness) {
            // the thread is ours, and stop() is how it ends
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        TicketIndex dropped;
        lock.lock();
        try {
            dropped = index;
            index = null;
            visible = 0;
        } finally {
            lock.unlock();
        }
        if (dropped != null) {
            try {
                dropped.abandon();
            } catch (IOException | RuntimeException brokenAlready) {
                LOG.debug("The dropped search index did not close", brokenAlready);
            }
        }
    }

    private void end(boolean clean) {
        TicketIndex last;
        lock.lock();
        try {
            closing = true;
            last = index;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (last != null && clean) {
                last.close();
            } else if (last != null) {
                last.abandon();
            }
        } catch (IOException | AlreadyClosedException failure) {
            LOG.warn("The search index did not close; it will be built again at the next start", failure);
        }
    }

    private static long nanosOf(Duration patience) {
        try {
            return patience.toNanos();
        } catch (ArithmeticException veryPatient) {
            return Long.MAX_VALUE;
        }
    }
}
