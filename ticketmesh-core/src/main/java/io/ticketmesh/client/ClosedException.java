package io.ticketmesh.client;

/** The client is closed, or was closed while the call was under way: a write may have been carried out then. */
public final class ClosedException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
        super("The client is closed", null);
    }
}
