package io.ticketmesh.store.mapdb;

/** A file was written by a newer version of this library. Nothing was changed. */
public final class NewerFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NewerFormatException(String file, int found, int known) {
        super(file + ": has format version " + found + ", but this version of the library knows at most " + known
                + "; start the version that wrote it");
    }
}
