package io.ticketmesh.blob;

/** What was found where bytes were read again. */
public enum Finding {
    /** They are what their hash says. */
    SOUND,
    /** They are not, or the disk does not give them any more. */
    DAMAGED,
    /** There are none. */
    ABSENT
}
