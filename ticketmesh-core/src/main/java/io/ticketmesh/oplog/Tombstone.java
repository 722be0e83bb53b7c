package io.ticketmesh.oplog;

import io.ticketmesh.causality.Fingerprint;
import io.ticketmesh.crdt.Lattice;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.ticket.TicketId;

/** What is left of a purged ticket, for ever: that it must not come back. Of several purges the first counts. */
public record Tombstone(TicketId ticket, Trace trace) implements Lattice<Tombstone> {
    /** The same for equal tombstones on every replica. */
    public long fingerprint() {
        return new Fingerprint()
                .add(ticket.high())
                .add(ticket.low())
                .add(trace.time().packed())
                .value();
    }

    @Override
    public Tombstone merge(Tombstone other) {
        return trace.compareTo(other.trace) <= 0 ? this : other;
    }
}
