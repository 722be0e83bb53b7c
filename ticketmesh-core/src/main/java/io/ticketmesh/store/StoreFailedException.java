package io.ticketmesh.store;

/** The disk refused a write. The store serves reads and takes no further writes until it is opened again. */
public class StoreFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
