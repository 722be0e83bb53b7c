package io.ticketmesh.ticket;

/** The ticket was deleted or purged. A deleted one can be restored. */
public class GoneTicketException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean purged;

    public GoneTicketException(TicketId id, boolean purged) {
        super("Ticket " + id.key() + " was " + (purged ? "purged" : "deleted"));
        this.purged = purged;
    }

    /** Whether it is gone for good. */
    public boolean purged() {
        return purged;
    }
}
