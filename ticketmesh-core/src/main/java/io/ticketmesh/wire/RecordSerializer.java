package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Writes and reads one class of values that stand alone: id, version, fields by rising tag. A record reaches to the end of its
 * frame. Stateless, so that all sessions share it.
 */
abstract class RecordSerializer<T> extends Serializer<T> {
    private final int id;

    RecordSerializer(int id) {
        super(false, true);
        this.id = id;
    }

    abstract void writeFields(Kryo kryo, WireOutput output, T value);

    /** Reads the fields that are known, in their order; what follows them is skipped afterwards. */
    abstract T readFields(Kryo kryo, WireInput input);

    /** The last tag that is known; all that a newer version adds are above it. */
    abstract int lastTag();

    @Override
    public final void write(Kryo kryo, Output output, T value) {
        WireOutput wire = (WireOutput) output;
        wire.startRecord(id);
        writeFields(kryo, wire, value);
    }

    @Override
    public final T read(Kryo kryo, Input input, Class<? extends T> type) {
        WireInput wire = (WireInput) input;
        wire.startRecord(id);
        T value = readFields(kryo, wire);
        wire.skipUnknown(lastTag());
        return value;
    }
}
