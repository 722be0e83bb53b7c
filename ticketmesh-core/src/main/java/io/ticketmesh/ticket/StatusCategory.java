package io.ticketmesh.ticket;

import java.util.Locale;

/** What a state means for those who wait: somebody has to act, somebody else is waited for, or nothing is left to do. */
public enum StatusCategory {
    OPEN,
    WAITING,
    DONE;

    /** The name in JSON and queries. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
