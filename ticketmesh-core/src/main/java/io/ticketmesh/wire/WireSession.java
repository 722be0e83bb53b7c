package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import org.jspecify.annotations.Nullable;

/** One Kryo with its buffers: encodes or decodes one value at a time. Not thread-safe. */
final class WireSession {
    private final Kryo kryo = new Kryo(new DefaultClassResolver(), null);
    private final WireOutput output = new WireOutput();
    private final WireInput input = new WireInput(output);

    WireSession() {
        kryo.setRegistrationRequired(true);
        kryo.setReferences(false);
        kryo.setMaxDepth(WireIds.MAX_DEPTH);
        WireIds.register(kryo);
    }

    /** Starts an encoding. */
    WireOutput output() {
        output.restart();
        return output;
    }

    /** Writes a whole value of a registered class. */
    void write(Object value) {
        kryo.writeObject(output, value);
    }

    /** Starts the decoding of {@code bytes}. */
    WireInput input(byte[] bytes) {
        input.restart(bytes);
        return input;
    }

    /** Reads a value of {@code type} and of nothing else, up to the end of the bytes. */
    <T> T read(Class<T> type) {
        T value = kryo.readObject(input, type);
        if (input.hasMore()) {
            throw input.malformed("Bytes are left over");
        }
        return value;
    }

    /** Lets go of the bytes that were decoded. */
    void release() {
        input.release();
    }

    /** The registered class of that id; null when there is none. */
    @Nullable
    Class<?> typeOf(int id) {
        return WireIds.typeOf(kryo, id);
    }

    /** Where the decoding is. */
    int position() {
        return input.position();
    }
}
