package io.ticketmesh.store.mapdb;

import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.oplog.LogEntry;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.store.Commit;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.wire.WireCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest commit while the log holds it and the tables do not yet, or only in part. Whoever wrote it need not wait for the
 * tables: who reads a single ticket finds it here, what else belongs to a ticket that it does not {@linkplain #changes change} is
 * in the tables already, and who reads anything else applies the commit first, or waits until another has applied it. So there is
 * never more than one such commit, and it is small.
 *
 * <p>Thread-safe. The tables are changed and frozen only under the lock in here.
 */
final class NewestCommit {
    /** A commit of more entries is applied before it is answered: readers would wait for long, about 25 µs an entry. */
    static final int MOST_ENTRIES = 256;

    private final Tables tables;
    private final WireCodec codec;

    /** Held while the tables change. */
    private final ReentrantLock applying = new ReentrantLock();

    private volatile @Nullable Waiting waiting;

    /** Why nothing can be read: the tables hold half a commit. */
    private volatile @Nullable Throwable failure;

    /**
     * @param tickets those of the commit by id
     * @param standing what the store holds with the commit
     */
    private record Waiting(
            Commit commit, List<StoredEntry> entries, Map<TicketId, Ticket> tickets, Standing standing) {}

    NewestCommit(Tables tables, WireCodec codec) {
        this.tables = tables;
        this.codec = codec;
    }

    /**
     * Takes a commit that the log holds, after which readers see it. The one before must have been applied. Only the writer calls.
     *
     * @throws RuntimeException when the commit had to be applied at once and that failed
     */
    void add(Commit commit, List<StoredEntry> entries) {
        Map<TicketId, Ticket> tickets = new HashMap<>();
        commit.tickets().forEach(ticket -> tickets.put(ticket.id(), ticket));
        Waiting added = new Waiting(commit, entries, tickets, standingAfter(commit, entries));
        if (mayWait(commit)) {
            waiting = added;
            return;
        }
        applying.lock();
        try {
            requireWhole();
            apply(added);
        } finally {
            applying.unlock();
        }
    }

    /** Whether all that others than {@link #apply()} must know of it are its tickets and where it leaves the store. */
    private static boolean mayWait(Commit commit) {
        return commit.entries().size() <= MOST_ENTRIES
                && commit.tombstones().isEmpty()
                && commit.entries().stream().allMatch(NewestCommit::isPlain);
    }

    private static boolean isPlain(LogEntry entry) {
        return entry instanceof LogEntry.ClockBound
                || entry instanceof Operation operation && !operation.hasUnknownChanges();
    }

    private Standing standingAfter(Commit commit, List<StoredEntry> entries) {
        Standing before = tables.standing;
        HybridTimestamp bound = before.clockBound();
        for (LogEntry entry : commit.entries()) {
            bound = entry instanceof LogEntry.ClockBound higher ? bound.max(higher.bound()) : bound;
        }
        long last = entries.get(entries.size() - 1).index();
        return new Standing(
                last,
                commit.version(),
                commit.ahead(),
                before.floor(),
                bound,
                before.incarnation(),
                before.roster(),
                before.unknownKinds());
    }

    /**
     * Brings the tables up to date. Any thread.
     *
     * @throws RuntimeException when that fails or has failed before; nothing may be read or changed any more then
     */
    void apply() {
        if (waiting != null) {
            applied(() -> true);
        }
    }

    /**
     * Brings the tables up to date, and keeps them so during {@code action}.
     *
     * @throws RuntimeException when that fails or has failed before, and the action is not begun
     */
    <T> T applied(Supplier<T> action) {
        applying.lock();
        try {
            requireWhole();
            Waiting one = waiting;
            if (one != null) {
                apply(one);
                waiting = null;
            }
            return action.get();
        } finally {
            applying.unlock();
        }
    }

    private void requireWhole() {
        Throwable before = failure;
        if (before != null) {
            throw new IllegalStateException("The tables hold half a commit: " + before, before);
        }
    }

    private void apply(Waiting one) {
        try {
            Application.apply(one.commit(), one.entries(), tables, codec);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
    }

    /** Why the tables hold half a commit; null when they do not. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** What the store holds. */
    Standing standing() {
        Waiting one = waiting;
        return one == null ? tables.standing : one.standing();
    }

    /** Whether it is about that ticket; of another one the tables have all there is. */
    boolean changes(TicketId id) {
        Waiting one = waiting;
        return one != null && one.tickets().containsKey(id);
    }

    Optional<Ticket> ticket(TicketId id) {
        Waiting one = waiting;
        Ticket ticket = one == null ? null : one.tickets().get(id);
        return ticket == null ? tables.tickets.get(id) : Optional.of(ticket);
    }
}
