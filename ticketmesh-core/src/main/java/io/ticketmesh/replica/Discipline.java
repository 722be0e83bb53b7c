package io.ticketmesh.replica;

import io.ticketmesh.causality.HybridClock;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.causality.VersionVector;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.ticket.Ticket;

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

    /** Operations of one origin are applied without gap and once, and where all that they had seen is. */
    Verdict judge(Operation operation, VersionVector version, Ticket ticket) {
        long held = version.get(operation.id().origin());
        if (operation.id().sequence() <= held) {
            return Verdict.DUPLICATE;
        }
        boolean isNext = operation.id().sequence() == held + 1;
        boolean hasSeen =
                version.dominates(operation.seen()) || ticket.seen().merge(version).dominates(operation.seen());
        return isNext && hasSeen ? Verdict.APPLY : Verdict.EARLY;
    }

    /** The ticket that an operation leaves. */
    Ticket apply(Operation operation, Ticket ticket) {
        return operation.applyTo(ticket);
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
}
