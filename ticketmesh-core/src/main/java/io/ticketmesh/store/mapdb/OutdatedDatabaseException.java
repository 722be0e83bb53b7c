package io.ticketmesh.store.mapdb;

/** An earlier version made the database, without all that this one wants of it: it must be built anew from the log. */
final class OutdatedDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutdatedDatabaseException(String message) {
        super(message);
    }
}
