package io.ticketmesh.spring.rest;

import io.ticketmesh.node.TicketService;
import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
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
    private final InFlight inFlight = new InFlight();

    /**
     * A write that was carried out.
     *
     * @param replayed whether it was carried out before
     */
    record Done(TicketView ticket, boolean replayed) {
        /** The answer, marked when it is a repetition. */
        Reply mark(Reply reply) {
            return replayed ? reply.with("Idempotent-Replayed", "true") : reply;
        }
    }

    Writes(Supplier<TicketService> service, Duration timeout) {
        this.service = service;
        this.timeout = timeout;
    }

    /** Notes that a request is carried out; see {@link InFlight#enter}. */
    InFlight.Stay enter(@Nullable IdempotencyKey key) {
        return inFlight.enter(key == null ? null : key.request());
    }

    /** Carries out a proposal that leaves a ticket. */
    Done perform(Proposal proposal) {
        return done(outcome(service.get().propose(proposal)));
    }

    /** Carries out a proposal, at most once under the key. */
    Done perform(Proposal proposal, @Nullable IdempotencyKey key) {
        try (InFlight.Stay stay = enter(key)) {
            return perform(key == null ? proposal : proposal.under(key.request()));
        }
    }

    /** Posts a proposal without waiting. */
    CompletableFuture<Outcome> post(Proposal proposal, @Nullable IdempotencyKey key) {
        return service.get().propose(key == null ? proposal : proposal.under(key.request()));
    }

    Done done(Outcome outcome) {
        if (outcome instanceof Outcome.Repeated repeated) {
            return new Done(service.get().viewAfter(repeated.receipt()), true);
        } else if (outcome instanceof Outcome.Accepted accepted) {
            return new Done(service.get().view(accepted.ticket()), false);
        } else if (outcome instanceof Outcome.Unchanged unchanged) {
            return new Done(service.get().view(unchanged.ticket()), false);
        }
        throw ((Outcome.Refused) outcome).reason();
    }

    /**
     * What became of a proposal.
     *
     * @throws RuntimeException why it was refused
     * @throws ProblemException when that is not known in time
     */
    Outcome outcome(CompletableFuture<Outcome> posted) {
        Outcome outcome = await(posted);
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.reason();
        }
        return outcome;
    }

    private Outcome await(CompletableFuture<Outcome> posted) {
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
