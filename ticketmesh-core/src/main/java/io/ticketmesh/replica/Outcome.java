package io.ticketmesh.replica;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.oplog.Receipt;
import io.ticketmesh.ticket.Ticket;

/** What became of a proposal, once the effects are performed. */
public sealed interface Outcome {
    /** It is stored as {@code operation}, which left the ticket so; a purged ticket is shown unborn. */
    record Accepted(Operation operation, Ticket ticket) implements Outcome {}

    /** The ticket was in that state already; nothing was stored. */
    record Unchanged(Ticket ticket) implements Outcome {}

    /** The same request was carried out before. */
    record Repeated(Receipt receipt) implements Outcome {}

    /** Nothing was stored, for this reason. */
    record Refused(RuntimeException reason) implements Outcome {}
}
