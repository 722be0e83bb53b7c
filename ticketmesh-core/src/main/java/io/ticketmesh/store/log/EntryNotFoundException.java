package io.ticketmesh.store.log;

import java.io.IOException;

/** Says that the log does not hold an entry: it was truncated, or never written. */
public final class EntryNotFoundException extends IOException {
    private static final long serialVersionUID = 1;

    EntryNotFoundException(String message) {
        super(message);
    }
}
