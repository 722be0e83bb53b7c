package io.ticketmesh.ticket.change;

import io.ticketmesh.crdt.Stamp;
import io.ticketmesh.ticket.InvalidChangeException;
import io.ticketmesh.ticket.Status;
import io.ticketmesh.ticket.StatusCategory;
import io.ticketmesh.ticket.StatusValue;
import io.ticketmesh.ticket.Ticket;
import io.ticketmesh.ticket.TransitionRefusedException;
import io.ticketmesh.ticket.Workflow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Moves the ticket through its workflow. Status, resolution and waiting time are one value, so that no merge mixes two of them.
 *
 * @param resolution why it is done; null unless {@code status} is a done state, where null keeps what it has or takes the
 *     default
 * @param pendingUntil when waiting ends, millisecond precision; null when open-ended or not waiting
 */
public record SetStatus(
        Status status,
        @Nullable String resolution,
        @Nullable Instant pendingUntil) implements Change {
    /** The most status changes that one ticket can take. */
    public static final int MAX_STEPS = 1_000;

    public SetStatus {
        if (pendingUntil != null) {
            pendingUntil = Times.requireMillis("pendingUntil", pendingUntil);
        }
    }

    /** A status that needs neither; entering a done state takes the workflow's default resolution. */
    public SetStatus(Status status) {
        this(status, null, null);
    }

    @Override
    public Ticket applyTo(Ticket ticket, Stamp stamp) {
        StatusValue value = new StatusValue(status, resolution, pendingUntil);
        return ticket.withStatus(
                ticket.status().write(value, stamp), ticket.trail().write(value, stamp));
    }

    @Override
    public void check(Ticket ticket, Workflow workflow) {
        requireKnown(workflow);
        requireTransition(ticket, workflow);
        requireFitting(ticket, workflow);
    }

    @Override
    public void checkRecorded(Ticket ticket, Workflow workflow) {
        requireKnown(workflow);
        requireFitting(ticket, workflow);
    }

    private void requireKnown(Workflow workflow) {
        if (!workflow.knows(status)) {
            throw new InvalidChangeException(
                    "status", "unknown-value", "is '" + status + "', not one of " + workflow.states(), null);
        }
    }

    private void requireFitting(Ticket ticket, Workflow workflow) {
        StatusCategory category = workflow.category(status);
        if (resolution != null && category != StatusCategory.DONE) {
            throw new InvalidChangeException(
                    "resolution", "not-done", "is given, but '" + status + "' is not a done state", null);
        }
        if (resolution != null && !workflow.resolutions().contains(resolution)) {
            throw new InvalidChangeException(
                    "resolution",
                    "unknown-value",
                    "is '" + resolution + "', not one of " + workflow.resolutions(),
                    null);
        }
        if (pendingUntil != null && category != StatusCategory.WAITING) {
            throw new InvalidChangeException(
                    "pendingUntil", "not-waiting", "is given, but '" + status + "' is not a waiting state", null);
        }
        if (!hasRoom(ticket) && affects(ticket)) {
            throw new InvalidChangeException(
                    "status", "too-many", "was changed " + MAX_STEPS + " times, which is the most", (long) MAX_STEPS);
        }
    }

    @Override
    public boolean affects(Ticket ticket) {
        StatusValue now = ticket.status().or(StatusValue.INITIAL);
        boolean keepsResolution = resolution == null || resolution.equals(now.resolution());
        boolean keepsWaiting = pendingUntil == null || pendingUntil.equals(now.pendingUntil());
        return !(now.status().equals(status) && keepsResolution && keepsWaiting);
    }

    @Override
    public SetStatus completed(Ticket ticket, Workflow workflow) {
        if (resolution != null || workflow.category(status) != StatusCategory.DONE) {
            return this;
        }
        StatusValue now = ticket.status().or(StatusValue.INITIAL);
        boolean stays = now.status().equals(status) && now.resolution() != null;
        return new SetStatus(
                status, stays ? now.resolution() : workflow.resolutions().get(0), pendingUntil);
    }

    /** Whether the ticket can take another status change. */
    static boolean hasRoom(Ticket ticket) {
        return ticket.trail().steps().size() < MAX_STEPS;
    }

    private void requireInitial(Workflow workflow) {
        if (!workflow.initial().contains(status)) {
            throw new InvalidChangeException(
                    "status",
                    "not-initial",
                    "is '" + status + "', but a ticket is created as one of " + workflow.initial(),
                    null);
        }
    }

    private void requireTransition(Ticket ticket, Workflow workflow) {
        if (CreateTicket.isUnderWay(ticket)) {
            requireInitial(workflow);
            return;
        }
        Status from = ticket.status().or(StatusValue.INITIAL).status();
        if (!from.equals(status) && !workflow.allowedFrom(from).contains(status)) {
            throw new TransitionRefusedException(from, status, workflow.allowedFrom(from));
        }
    }
}
