package io.ticketmesh.ticket;

import io.ticketmesh.crdt.Trace;

/**
 * Who created a ticket, and when. When the same id was created twice the earlier birth counts everywhere.
 */
public record Birth(Trace trace) implements Comparable<Birth> {
    public String createdBy() {
        return trace.actor();
    }

    /** Milliseconds since 1970. */
    public long atMillis() {
        return trace.atMillis();
    }

    @Override
    public int compareTo(Birth other) {
        int byTime = Long.compare(atMillis(), other.atMillis());
        return byTime != 0 ? byTime : trace.compareTo(other.trace);
    }
}
