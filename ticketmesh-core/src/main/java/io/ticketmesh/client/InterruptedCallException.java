package io.ticketmesh.client;

/** The thread was interrupted while it waited; it still is. A write may have been carried out. */
public final class InterruptedCallException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    InterruptedCallException(InterruptedException interruption) {
        super("The thread was interrupted while it waited for the answer", interruption);
    }
}
