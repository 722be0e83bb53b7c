package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.crdt.Trace;
import io.ticketmesh.oplog.Tombstone;
import io.ticketmesh.ticket.TicketId;

/** The form of what is left of a purged ticket. */
final class TombstoneSerializer extends RecordSerializer<Tombstone> {
    private static final int TICKET = 1;
    private static final int TRACE = 2;

    TombstoneSerializer() {
        super(WireIds.TOMBSTONE);
    }

    @Override
    int lastTag() {
        return TRACE;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, Tombstone tombstone) {
        output.open(TICKET);
        output.ticketId(tombstone.ticket());
        output.closeFrame();
        output.open(TRACE);
        output.trace(tombstone.trace());
        output.closeFrame();
    }

    @Override
    Tombstone readFields(Kryo kryo, WireInput input) {
        input.openRequired(TICKET, "ticket");
        TicketId ticket = input.ticketId();
        input.closeFrame();
        input.openRequired(TRACE, "trace");
        Trace trace = input.trace();
        input.closeFrame();
        return new Tombstone(ticket, trace);
    }
}
