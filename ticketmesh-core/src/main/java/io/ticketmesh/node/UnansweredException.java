package io.ticketmesh.node;

/**
 * A write was not answered in time, or the caller stopped waiting. It is on its way: whether it is stored is open, and shows when
 * the ticket is read again.
 */
public class UnansweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnansweredException(String reason, Throwable cause) {
        super(reason + "; whether the write is stored is open", cause);
    }
}
