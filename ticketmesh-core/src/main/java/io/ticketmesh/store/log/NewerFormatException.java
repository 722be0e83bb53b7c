package io.ticketmesh.store.log;

import java.io.IOException;

/** Says that a segment was written by a newer version of this software. */
public final class NewerFormatException extends IOException {
    private static final long serialVersionUID = 1;

    NewerFormatException(String file, int supported, int found) {
        super(file + " has format version " + found + ", this software reads up to " + supported
                + "; start the newer version again");
    }
}
