package io.ticketmesh.node;

/** The node takes no writes: it was configured so, its disk failed, or it is closed. */
public class ReadOnlyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReadOnlyException(String reason) {
        super("The node takes no writes: " + reason);
    }

    public ReadOnlyException(String reason, Throwable cause) {
        super("The node takes no writes: " + reason, cause);
    }
}
