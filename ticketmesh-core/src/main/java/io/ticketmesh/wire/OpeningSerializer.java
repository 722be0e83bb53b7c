package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.oplog.LogEntry;

/** The form of the log entry that opens an origin. */
final class OpeningSerializer extends RecordSerializer<LogEntry.Opening> {
    private static final int ORIGIN = 1;

    OpeningSerializer() {
        super(WireIds.OPENING);
    }

    @Override
    int lastTag() {
        return ORIGIN;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, LogEntry.Opening opening) {
        output.open(ORIGIN);
        output.wholeOrigin(opening.origin());
        output.closeFrame();
    }

    @Override
    LogEntry.Opening readFields(Kryo kryo, WireInput input) {
        input.openRequired(ORIGIN, "origin");
        Origin origin = input.wholeOrigin();
        input.closeFrame();
        return new LogEntry.Opening(origin);
    }
}
