package io.ticketmesh.wire;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.replica.OperationLimit;
import io.ticketmesh.ticket.Ticket;

/**
 * The limit of everything that is stored or sent in the form of {@link WireCodec}: an operation and its ticket must fit together
 * into one entry of {@link WireCodec#MAX_BYTES}, because a snapshot carries a ticket with at least one of its operations at a time.
 * A ticket that merges have made larger still takes changes that do not make it grow. Thread-safe.
 */
public final class EncodedLimit implements OperationLimit {
    /** The most bytes of one operation, which is all that one write changes: 512 KiB. */
    public static final int MAX_OPERATION_BYTES = 512 * 1024;

    /** The most bytes of a ticket without the texts of its comments, which are kept apart: 448 KiB. */
    public static final int MAX_TICKET_BYTES = 448 * 1024;

    private final WireCodec codec = new WireCodec();

    @Override
    public void check(Operation operation, Ticket before, Ticket after) {
        long bound = SizeBound.of(operation);
        if (bound > MAX_OPERATION_BYTES && codec.encodeOperation(operation).length > MAX_OPERATION_BYTES) {
            throw new TooLargeException("changes", MAX_OPERATION_BYTES);
        }
        if (isNothing(before) && SizeBound.ofTicket(bound) <= MAX_TICKET_BYTES) {
            return;
        }
        int size = codec.encodeTicket(after).length;
        if (size > MAX_TICKET_BYTES && size > codec.encodeTicket(before).length) {
            throw new TooLargeException("ticket", MAX_TICKET_BYTES);
        }
    }

    private static boolean isNothing(Ticket ticket) {
        return !ticket.isBorn() && ticket.seen().isEmpty();
    }
}
