package io.ticketmesh;

import io.ticketmesh.replica.Outcome;
import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.TicketId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One change of many tickets, with at most {@link #WINDOW} unanswered at a time. For one thread. */
final class BulkRun {
    private static final int WINDOW = 64;

    private final Function<TicketId, Proposal> proposal;
    private final Function<Proposal, CompletableFuture<Outcome>> propose;
    private final Function<CompletableFuture<Outcome>, Outcome> await;
    private final Deque<Posted> posted = new ArrayDeque<>();
    private final Map<TicketId, RuntimeException> refused = new LinkedHashMap<>();
    private int changed;
    private int unchanged;

    private record Posted(TicketId ticket, CompletableFuture<Outcome> outcome) {}

    /** @param await waits for an answer, or throws why there is none */
    BulkRun(
            Function<TicketId, Proposal> proposal,
            Function<Proposal, CompletableFuture<Outcome>> propose,
            Function<CompletableFuture<Outcome>, Outcome> await) {
        this.proposal = proposal;
        this.propose = propose;
        this.await = await;
    }

    BulkOutcome over(List<TicketId> tickets) {
        for (TicketId ticket : tickets) {
            if (posted.size() == WINDOW) {
                settle(posted.remove());
            }
            posted.add(new Posted(ticket, propose.apply(proposal.apply(ticket))));
        }
        posted.forEach(this::settle);
        return new BulkOutcome(changed, unchanged, refused);
    }

    private void settle(Posted one) {
        try {
            Outcome outcome = await.apply(one.outcome());
            if (outcome instanceof Outcome.Refused reason) {
                refused.put(one.ticket(), reason.reason());
            } else if (outcome instanceof Outcome.Unchanged) {
                unchanged++;
            } else {
                changed++;
            }
        } catch (RuntimeException unanswered) {
            refused.put(one.ticket(), unanswered);
        }
    }
}
