package io.ticketmesh.oplog;

import io.ticketmesh.causality.OperationId;
import io.ticketmesh.ticket.TicketId;

/**
 * Remembers that a request was carried out.
 *
 * @param operation the operation that it became
 * @param atMillis when, by its hybrid time, milliseconds since 1970
 */
public record Receipt(RequestKey key, OperationId operation, TicketId ticket, long atMillis) {}
