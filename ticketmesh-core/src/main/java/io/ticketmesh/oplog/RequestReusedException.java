package io.ticketmesh.oplog;

/** An idempotency key came again with another body. Nothing was stored. */
public class RequestReusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RequestReusedException() {
        super("The idempotency key was used before for a request with another body");
    }
}
