package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.HybridTimestamp;
import io.ticketmesh.oplog.LogEntry;

/** The form of the log entry that bounds the clock. */
final class ClockBoundSerializer extends RecordSerializer<LogEntry.ClockBound> {
    private static final int BOUND = 1;

    ClockBoundSerializer() {
        super(WireIds.CLOCK_BOUND);
    }

    @Override
    int lastTag() {
        return BOUND;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, LogEntry.ClockBound entry) {
        output.open(BOUND);
        output.time(entry.bound());
        output.closeFrame();
    }

    @Override
    LogEntry.ClockBound readFields(Kryo kryo, WireInput input) {
        input.openRequired(BOUND, "bound");
        HybridTimestamp bound = input.time();
        input.closeFrame();
        return new LogEntry.ClockBound(bound);
    }
}
