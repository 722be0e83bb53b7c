package io.ticketmesh.client;

/** Too many calls are under way; see {@link TicketMeshClient.Builder#maxCalls}. Nothing was sent, a retry is safe. */
public final class BusyException extends TicketMeshClientException {
    private static final long serialVersionUID = 1L;

    BusyException(int limit) {
        super(
                "There are " + limit + " calls under way, as many as the client allows; nothing was sent, try again",
                null);
    }
}
