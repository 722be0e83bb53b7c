package io.ticketmesh.store.mapdb;

import io.ticketmesh.ticket.ContentHash;
import io.ticketmesh.ticket.TicketId;

/** The longs of ids in keys: shifted so that comparing them as signed numbers is the ids' own unsigned order. */
final class Ids {
    private Ids() {}

    static long high(TicketId id) {
        return ordered(id.high());
    }

    static long low(TicketId id) {
        return ordered(id.low());
    }

    /** Of the first half of a hash, which is enough to find it. */
    static long high(ContentHash hash) {
        return ordered(hash.first());
    }

    static long low(ContentHash hash) {
        return ordered(hash.second());
    }

    static TicketId ticket(long high, long low) {
        return new TicketId(ordered(high), ordered(low));
    }

    /** Turns unsigned order into signed order, and back. */
    static long ordered(long word) {
        return word ^ Long.MIN_VALUE;
    }
}
