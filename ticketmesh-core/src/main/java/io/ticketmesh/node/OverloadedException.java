package io.ticketmesh.node;

/** The node has too much to do. Nothing was stored; a retry after a short pause is safe. */
public class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OverloadedException(int capacity) {
        super("The node's queue of " + capacity + " writes is full; nothing was stored, a retry is safe");
    }
}
