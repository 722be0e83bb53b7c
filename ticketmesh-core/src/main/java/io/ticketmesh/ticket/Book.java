package io.ticketmesh.ticket;

import io.ticketmesh.causality.Sha256;

/**
 * Names the books of the mesh. A <i>book</i> is a named map of texts that is replicated beside the tickets: saved views, webhooks,
 * canned replies. It is stored as a ticket that is never born, under an id made of its name: log, anti-entropy, snapshots and
 * content check carry it as they carry tickets, and no list, count, search, feed or reference shows it.
 */
public final class Book {
    /** The first half of every book's id, a UUID of version 8; no ticket gets an id that begins so. */
    private static final long HIGH = 0xB00C_0000_0000_8000L;

    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Book() {}

    /** The id under which the book of that name is stored, the same on every node. */
    public static TicketId idOf(String name) {
        return new TicketId(HIGH, VARIANT | (Sha256.ofNames("book", name).low() & ~(3L << 62)));
    }

    /** Whether the id is one of a book, and so none of a ticket. */
    public static boolean isBook(TicketId id) {
        return id.high() == HIGH;
    }
}
