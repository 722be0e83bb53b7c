package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import io.ticketmesh.replica.Message;
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

    /** Starts an encoding, which fails when it becomes longer than {@code maxBytes}. */
    WireOutput output(int maxBytes) {
        output.restart(maxBytes);
        return output;
    }

    /** Writes a whole value of a registered class. */
    void write(Object value) {
        kryo.writeObject(output, value);
    }

    /** Starts the decoding of {@code bytes}. */
    WireInput input(byte[] bytes) {
        return input(bytes, 0, bytes.length);
    }

    WireInput input(byte[] bytes, int offset, int length) {
        input.restart(bytes, offset, length);
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

    /** Writes the body of a message behind what was written. */
    void writeBody(MessageForm<?> form, Message message) {
        form.write(kryo, output, message);
    }

    /**
     * Reads the body of a message, up to the end of the bytes.
     *
     * @param newer whether it may hold what only newer versions can read, behind all that is known here
     */
    Message readBody(MessageForm<?> form, boolean newer) {
        return form.read(kryo, input, newer);
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
