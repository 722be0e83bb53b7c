package io.ticketmesh.causality;

/** Tells the time of day. A seam: tests and the simulation move it by hand. */
@FunctionalInterface
public interface WallClock {
    /** Milliseconds since 1970-01-01T00:00Z. May jump in either direction. */
    long millis();
}
