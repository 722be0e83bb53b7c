package io.ticketmesh.store.mapdb;

/** A file has the name of one of ours, but was not written by us, or belongs to another directory. Nothing was changed. */
public final class ForeignFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignFileException(String file, String reason) {
        super(file + ": " + reason);
    }
}
