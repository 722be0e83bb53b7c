package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.causality.VersionVector;

/** The form of a version vector that stands alone. */
final class VersionVectorSerializer extends RecordSerializer<VersionVector> {
    private static final int ENTRIES = 1;

    VersionVectorSerializer() {
        super(WireIds.VERSION_VECTOR);
    }

    @Override
    int lastTag() {
        return ENTRIES;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, VersionVector vector) {
        output.open(ENTRIES);
        output.vector(vector, null);
        output.closeFrame();
    }

    @Override
    VersionVector readFields(Kryo kryo, WireInput input) {
        input.openRequired(ENTRIES, "entries");
        VersionVector vector = input.vector(null);
        input.closeFrame();
        return vector;
    }
}
