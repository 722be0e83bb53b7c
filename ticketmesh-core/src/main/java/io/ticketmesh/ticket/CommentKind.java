package io.ticketmesh.ticket;

import java.util.Locale;

/** Who may see a comment, and who wrote it. */
public enum CommentKind {
    /** For everybody who may see the ticket. */
    PUBLIC,
    /** For those who work on the ticket. */
    INTERNAL,
    /** Written by the system, for everybody who may see the ticket. */
    SYSTEM;

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
