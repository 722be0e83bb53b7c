package io.ticketmesh.ticket;

/** The ticket is not in the state that the caller expected. Nothing was stored; read it again before the next try. */
public class PreconditionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String etag;

    /**
     * @param etag the entity tag of the ticket as it is
     */
    public PreconditionFailedException(TicketId id, String etag) {
        super("Ticket " + id.key() + " was changed since; its entity tag is now \"" + etag + "\"");
        this.etag = etag;
    }

    /** The entity tag of the ticket as it is, without quotes. */
    public String etag() {
        return etag;
    }
}
