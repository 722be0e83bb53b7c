package io.ticketmesh.wire;

import io.ticketmesh.ticket.InvalidChangeException;

/** An encoding would take more bytes than any replica accepts. Nothing was stored; the same write will be refused again. */
public final class TooLargeException extends InvalidChangeException {
    private static final long serialVersionUID = 1;

    TooLargeException(String what, int maxBytes) {
        super(what, "too-large", "takes more than " + maxBytes + " bytes in all", (long) maxBytes);
    }
}
