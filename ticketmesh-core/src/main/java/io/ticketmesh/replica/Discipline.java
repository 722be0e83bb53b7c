package io.ticketmesh.replica;

import io.ticketmesh.causality.HybridClock;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.TicketState;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.store.Staging;
import io.ticketmesh.ticket.Ticket;
import java.util.Optional;

/**
 * The decisions on which correctness rests, each in one method, so that a test can break one of them and see that the checkers
 * notice. There is one for real use: {@link #SOUND}.
 */
class Discipline {
    static final Discipline SOUND = new Discipline();

    /** What to do with an operation that came. */
    enum Verdict {
        APPLY,
        /** It is held already. */
        DUPLICATE,
        /** Something before it is missing. */
        EARLY
    }

    /**
     * Operations of one origin are applied without gap and once, and where all that they had seen is: held by version, or brought by
     * a snapshot. On a purged ticket nothing can be missing.
     */
    Verdict judge(Operation operation, Staging staging) {
        VersionVector version = staging.version();
        long held = version.get(operation.id().origin());
        if (operation.id().sequence() <= held) {
            return Verdict.DUPLICATE;
        }
        boolean isNext = operation.id().sequence() == held + 1;
        return isNext && hasSeen(operation, staging) ? Verdict.APPLY : Verdict.EARLY;
    }

    private static boolean hasSeen(Operation operation, Staging staging) {
        return staging.version().dominates(operation.seen())
                || staging.ticket(operation.ticket())
                        .seen()
                        .merge(staging.version())
                        .dominates(operation.seen())
                || staging.tombstone(operation.ticket()).isPresent();
    }

    /** The ticket that an operation leaves. */
    Ticket apply(Operation operation, Ticket ticket) {
        return operation.applyTo(ticket);
    }

    /**
     * The ticket that an operation leaves which was made here.
     *
     * @param tried what its changes left when they were tried on the ticket
     */
    Ticket applyOwn(Operation operation, Ticket ticket, Ticket tried) {
        return tried;
    }

    /** The time of a new operation on {@code ticket}: above everything that its author could see. */
    HybridTimestamp time(HybridClock clock, Ticket ticket) {
        return clock.after(ticket.newest());
    }

    void witness(HybridClock clock, HybridTimestamp time) {
        clock.witness(time);
    }

    /**
     * Whether the version of a snapshot may be taken as one's own: only behind its last part. To do it earlier would read "not sent
     * yet" as "deleted", and what is missing would never be asked for again.
     */
    boolean completes(Message.SnapshotPart part) {
        return part.through() == null;
    }

    /** Whether the state holds an operation that is not held here: the others need not be written again. */
    boolean brings(TicketState state, Staging staging) {
        Optional<Tombstone> tombstone = staging.tombstone(state.id());
        if (state instanceof TicketState.Living living) {
            return tombstone.isEmpty()
                    && !staging.ticket(living.id())
                            .seen()
                            .dominates(living.ticket().seen());
        }
        return !(state instanceof TicketState.Purged purged)
                || tombstone.isEmpty()
                || !tombstone.get().equals(tombstone.get().merge(purged.tombstone()));
    }
}
