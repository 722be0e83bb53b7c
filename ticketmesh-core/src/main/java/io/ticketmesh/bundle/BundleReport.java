package io.ticketmesh.bundle;

/**
 * What a bundle held.
 *
 * @param operations how many there are in it
 * @param added how many of them were new when it was read; 0 when it was written
 */
public record BundleReport(long operations, long added) {
    /** How many were held already, or wait for something that was not in it. */
    public long known() {
        return operations - added;
    }
}
