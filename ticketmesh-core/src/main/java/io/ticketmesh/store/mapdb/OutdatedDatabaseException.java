package io.ticketmesh.store.mapdb;

/** The database was made by a version that did not understand all changes: it must be built anew from the log. */
final class OutdatedDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutdatedDatabaseException(int made, int now) {
        super("The database was made with changes that wire version " + made + " did not understand; this is version "
                + now);
    }
}
