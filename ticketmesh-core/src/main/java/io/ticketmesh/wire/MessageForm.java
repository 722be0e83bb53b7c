package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import io.ticketmesh.replica.Message;

/** Writes and reads the bodies of one type of messages: fields by rising tag, as in a record. Stateless. */
abstract class MessageForm<M extends Message> {
    private final int type;
    private final Class<M> messages;

    MessageForm(int type, Class<M> messages) {
        this.type = type;
        this.messages = messages;
    }

    abstract void writeFields(Kryo kryo, WireOutput output, M message);

    /** Reads the fields that are known, in their order; what follows them is skipped afterwards. */
    abstract M readFields(Kryo kryo, WireInput input);

    /** The last tag that is known; all that a newer version adds are above it. */
    abstract int lastTag();

    final int type() {
        return type;
    }

    final Class<M> messages() {
        return messages;
    }

    final void write(Kryo kryo, WireOutput output, Message message) {
        writeFields(kryo, output, messages.cast(message));
    }

    /** @param newer whether anything may follow the known fields, else only fields */
    final M read(Kryo kryo, WireInput input, boolean newer) {
        M message = readFields(kryo, input);
        if (newer) {
            input.skipRest();
        } else {
            input.skipUnknown(lastTag());
        }
        return message;
    }
}
