package io.ticketmesh.ticket;

import java.util.List;

/** A reference fits several tickets. */
public class AmbiguousReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<TicketId> candidates;

    public AmbiguousReferenceException(String reference, List<TicketId> candidates) {
        super("'" + reference + "' fits several tickets: "
                + String.join(
                        ", ", candidates.stream().map(id -> id.key().toString()).toList()));
        this.candidates = List.copyOf(candidates);
    }

    /** Some of the tickets that it fits, at most ten. */
    public List<TicketId> candidates() {
        return candidates;
    }
}
