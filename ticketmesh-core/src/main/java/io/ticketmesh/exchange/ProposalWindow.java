package io.ticketmesh.exchange;

import io.ticketmesh.node.OverloadedException;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Posts proposals without waiting for each, at most {@link #SIZE} unanswered at a time; when it is full, or the node is, it waits for
 * its oldest one. Proposals are posted, and answered, in order. For one thread.
 */
final class ProposalWindow {
    /** The most unanswered proposals. */
    static final int SIZE = 256;

    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_NANOS = 5_000_000;

    private final TicketService service;
    private final Consumer<RowProgress> answered;
    private final Deque<Posted> outstanding = new ArrayDeque<>();

    private record Posted(RowProgress row, CompletableFuture<Outcome> outcome) {}

    /** @param answered hears of a row after each of its answers */
    ProposalWindow(TicketService service, Consumer<RowProgress> answered) {
        this.service = service;
        this.answered = answered;
    }

    /**
     * Posts a proposal of the row, which expects its answer.
     *
     * @throws OverloadedException when the node took nothing for a minute
     * @throws io.ticketmesh.node.ReadOnlyException when the node takes no writes
     */
    void post(RowProgress row, Proposal proposal) {
        while (outstanding.size() >= SIZE) {
            settleOldest();
        }
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        CompletableFuture<Outcome> outcome = service.propose(proposal);
        while (isOverloaded(outcome) && System.nanoTime() < patience) {
            if (outstanding.isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                settleOldest();
            }
            outcome = service.propose(proposal);
        }
        outstanding.add(new Posted(row, outcome));
    }

    /** Waits until all are answered. */
    void drain() {
        while (!outstanding.isEmpty()) {
            settleOldest();
        }
    }

    private void settleOldest() {
        Posted posted = outstanding.remove();
        posted.row().answer(await(posted.outcome()));
        answered.accept(posted.row());
    }

    private static Outcome await(CompletableFuture<Outcome> outcome) {
        try {
            return outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw unwrapped(failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException(
                    "A write was not answered within a minute; whether it is stored is open", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a write; whether it is stored is open");
        }
    }

    private static boolean isOverloaded(CompletableFuture<Outcome> outcome) {
        if (!outcome.isCompletedExceptionally()) {
            return false;
        }
        try {
            outcome.join();
            return false;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof OverloadedException;
        }
    }

    private static RuntimeException unwrapped(Exception failed) {
        @Nullable Throwable cause = failed.getCause();
        return cause instanceof RuntimeException reason ? reason : new IllegalStateException(cause);
    }
}
