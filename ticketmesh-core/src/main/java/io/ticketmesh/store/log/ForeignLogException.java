package io.ticketmesh.store.log;

import java.io.IOException;
import java.util.UUID;

/** Says that a segment belongs to another directory, for example because files were mixed up in a restore. */
public final class ForeignLogException extends IOException {
    private static final long serialVersionUID = 1;

    ForeignLogException(String file, UUID expected, UUID found) {
        super(file + " belongs to directory " + found + ", not to " + expected
                + "; put back the files that belong together");
    }
}
