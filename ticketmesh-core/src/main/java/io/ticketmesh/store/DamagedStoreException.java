package io.ticketmesh.store;

/**
 * Stored bytes are not those that were written. Nothing was served from them. A damaged local database is rebuilt from the log
 * when the store is opened the next time; a damaged log is not.
 */
public class DamagedStoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DamagedStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
