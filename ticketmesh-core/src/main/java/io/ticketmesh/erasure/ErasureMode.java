package io.ticketmesh.erasure;

import java.util.Locale;

/** What becomes of the tickets that an erased person created or reported. */
public enum ErasureMode {
    /** They stay, without title, description and custom fields. */
    REDACT,
    /** They are removed for good, with what others wrote in them. */
    PURGE;

    /** The name in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
