package io.ticketmesh.client;

import io.ticketmesh.ticket.TicketId;
import org.jspecify.annotations.Nullable;

/**
 * Fewer members than wanted are known to hold the write. <b>It is kept and will spread</b>: do not make it again.
 */
public final class TooFewCopiesException extends RefusedException {
    private static final long serialVersionUID = 1L;

    TooFewCopiesException(Problem problem) {
        super(problem);
    }

    /** The ticket that was written; null when the server does not say. */
    public @Nullable TicketId ticket() {
        try {
            String id = problem().text("id");
            return id == null ? null : TicketId.parse(id);
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    /** How many hold it, the server that was asked among them. */
    public int held() {
        return (int) problem().number("held", 1);
    }

    /** How many were to hold it. */
    public int needed() {
        return (int) problem().number("needed", held() + 1L);
    }
}
