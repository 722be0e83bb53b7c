package io.ticketmesh.ticket;

/** There is no ticket, or no comment of it, under the given name. */
public class UnknownTicketException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What was asked for, as in "ticket TM-8K2M". */
    public UnknownTicketException(String what) {
        super("There is no " + what);
    }
}
