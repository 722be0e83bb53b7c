package io.ticketmesh.spring.rest;

import io.ticketmesh.cluster.Acknowledgement;
import io.ticketmesh.cluster.Copies;
import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.spring.rest.Rights.Permitted;
import io.ticketmesh.ticket.TicketView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Posts proposals and waits for what becomes of them. Thread-safe. */
final class Writes {
    private final Supplier<TicketService> service;
    private final Duration timeout;
    private final Duration ackTimeout;
    private final InFlight inFlight = new InFlight();

    /**
     * A write that was carried out.
     *
     * @param replayed whether it was carried out before
     * @param copies who holds it
     */
    record Done(TicketView ticket, boolean replayed, Copies copies) {
        /** The answer, which says how many hold the write, and whether it is a repetition. */
        Reply mark(Reply reply) {
            Reply told = reply.with(Acks.HEADER, Acks.text(copies));
            return replayed ? told.with("Idempotent-Replayed", "true") : told;
        }
    }

    /**
     * @param timeout how long to wait for what becomes of a write
     * @param ackTimeout how long to wait then for other members to hold it
     */
    Writes(Supplier<TicketService> service, Duration timeout, Duration ackTimeout) {
        this.service = service;
        this.timeout = timeout;
        this.ackTimeout = ackTimeout;
    }

    /** Notes that a request is carried out; see {@link InFlight#enter}. */
    InFlight.Stay enter(@Nullable IdempotencyKey key) {
        return inFlight.enter(key == null ? null : key.request());
    }

    /** Carries out a proposal that leaves a ticket, and waits until as many members as wanted hold it. */
    Done perform(Permitted proposal, Acknowledgement wanted) {
        return perform(proposal, null, wanted);
    }

    /** Carries out a proposal, at most once under the key. */
    Done perform(Permitted proposal, @Nullable IdempotencyKey key, Acknowledgement wanted) {
        try (InFlight.Stay stay = enter(key)) {
            Outcome outcome = outcome(post(proposal, key, wanted));
            TicketView ticket = ticketOf(outcome);
            Copies copies = copies(copiesOf(outcome, wanted));
            if (!copies.reached()) {
                throw Acks.missing(copies, ticket.id(), ticket.etag()).exception();
            }
            return new Done(ticket, outcome instanceof Outcome.Repeated, copies);
        }
    }

    /** Posts a proposal without waiting. */
    CompletableFuture<Outcome> post(Permitted permitted, @Nullable IdempotencyKey key, Acknowledgement wanted) {
        Proposal proposal = permitted.proposal();
        Proposal marked = wanted == Acknowledgement.LOCAL ? proposal : proposal.acknowledgedByOthers();
        return service.get().propose(key == null ? marked : marked.under(key.request()));
    }

    /** The ticket as the write left it. */
    TicketView ticketOf(Outcome outcome) {
        if (outcome instanceof Outcome.Repeated repeated) {
            return service.get().viewAfter(repeated.receipt());
        } else if (outcome instanceof Outcome.Accepted accepted) {
            return service.get().view(accepted.ticket());
        } else if (outcome instanceof Outcome.Unchanged unchanged) {
            return service.get().view(unchanged.ticket());
        }
        throw ((Outcome.Refused) outcome).reason();
    }

    /** Begins to wait for members to hold a write. */
    CompletableFuture<Copies> copiesOf(Outcome outcome, Acknowledgement wanted) {
        return service.get().copies(outcome, wanted, ackTimeout);
    }

    /** Who holds a write, as many as were wanted or not. */
    Copies copies(CompletableFuture<Copies> waiting) {
        return await(waiting, ackTimeout.plus(timeout)); // the node answers in time unless it hangs
    }

    /**
     * What became of a proposal.
     *
     * @throws RuntimeException why it was refused
     * @throws ProblemException when that is not known in time
     */
    Outcome outcome(CompletableFuture<Outcome> posted) {
        Outcome outcome = await(posted, timeout);
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
        return outcome;
    }

    /** What a write that is no proposal of ours came to; fails like {@link #outcome}. */
    <T> T settled(CompletableFuture<T> written) {
        return await(written, timeout);
    }

    private static <T> T await(CompletableFuture<T> posted, Duration timeout) {
        try {
            return posted.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw unwrapped(failed);
        } catch (TimeoutException late) {
            throw uncertain("The write was not answered within " + timeout.toMillis() + " ms")
                    .exception();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw uncertain("The node is stopping").exception();
        }
    }

    private static Problem uncertain(String reason) {
        return Problem.of(
                        ProblemKind.WRITE_TIMEOUT,
                        reason + "; it may have been kept. Look, or repeat it with the same Idempotency-Key")
                .withHeader("Retry-After", "5");
    }

    private static RuntimeException unwrapped(Exception failed) {
        Throwable cause = failed.getCause();
        while (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
            cause = wrapper.getCause();
        }
        return cause instanceof RuntimeException reason ? reason : new IllegalStateException(cause);
    }
}
