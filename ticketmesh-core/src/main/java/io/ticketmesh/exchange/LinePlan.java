package io.ticketmesh.exchange;

import io.ticketmesh.replica.Proposal;
import io.ticketmesh.ticket.TicketId;
import io.ticketmesh.ticket.change.Change;
import io.ticketmesh.ticket.change.SetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The proposals that make a ticket what a line says, in order; none when it is so already. For one thread.
 *
 * <p>Those that name tickets which are not there yet come in a second part, to be proposed when all lines were read.
 */
final class LinePlan {
    private final TicketId ticket;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> later = new ArrayList<>();

    /** Changes by one actor at one time. */
    private record Part(String actor, @Nullable Long atMillis, boolean settles, List<Change> changes) {
        /** Whether the other can be one operation with this. Of two statuses in one operation only the second would be remembered. */
        boolean takes(Part other) {
            return actor.equals(other.actor)
                    && settles == other.settles
                    && Objects.equals(atMillis, other.atMillis)
                    && !(hasStatus() && other.hasStatus());
        }

        private boolean hasStatus() {
            return changes.stream().anyMatch(SetStatus.class::isInstance);
        }
    }

    LinePlan(TicketId ticket) {
        this.ticket = ticket;
    }

    /** @param atMillis the stated time; null for now */
    void add(String actor, @Nullable Long atMillis, List<? extends Change> changes) {
        add(parts, actor, atMillis, false, changes);
    }

    /** Adds what must be written although the ticket may have the value already. */
    void addRecorded(String actor, @Nullable Long atMillis, Change change) {
        add(parts, actor, atMillis, true, List.of(change));
    }

    /** Adds what must wait until all other tickets are there. */
    void addLater(String actor, @Nullable Long atMillis, List<? extends Change> changes) {
        add(later, actor, atMillis, false, changes);
    }

    /** Adds what must come after everything else. */
    void addLast(String actor, @Nullable Long atMillis, Change change) {
        add(later.isEmpty() ? parts : later, actor, atMillis, false, List.of(change));
    }

    private static void add(
            List<Part> to, String actor, @Nullable Long atMillis, boolean settles, List<? extends Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Part part = new Part(actor, atMillis, settles, new ArrayList<>(changes));
        if (!to.isEmpty() && to.get(to.size() - 1).takes(part)) {
            to.get(to.size() - 1).changes.addAll(changes);
        } else {
            to.add(part);
        }
    }

    boolean isEmpty() {
        return parts.isEmpty() && later.isEmpty();
    }

    /**
     * The latest time that the ticket will show, milliseconds since 1970.
     *
     * @param nowMillis for parts without a stated time
     */
    long latestMillis(long nowMillis) {
        long latest = Long.MIN_VALUE;
        for (List<Part> some : List.of(parts, later)) {
            for (Part part : some) {
                latest = Math.max(latest, part.atMillis == null ? nowMillis : part.atMillis);
            }
        }
        return latest;
    }

    List<Proposal> proposals() {
        return parts.stream().map(this::proposal).toList();
    }

    List<Proposal> laterProposals() {
        return later.stream().map(this::proposal).toList();
    }

    private Proposal proposal(Part part) {
        Proposal proposal = Proposal.of(ticket, part.actor, part.changes);
        Proposal timed = part.atMillis == null ? proposal : proposal.at(part.atMillis);
        return part.settles ? timed.settling() : timed;
    }
}
