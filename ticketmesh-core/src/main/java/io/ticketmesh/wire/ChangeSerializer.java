package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.ticketmesh.ticket.change.Change;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Writes and reads the body of one kind of change: its fields, without kind and length. Reading may throw anything when the body
 * is of a newer version; {@link OperationSerializer} then keeps the bytes. Stateless.
 */
final class ChangeSerializer<C extends Change> extends Serializer<C> {
    private final BiConsumer<WireOutput, C> writing;
    private final Function<WireInput, C> reading;

    ChangeSerializer(BiConsumer<WireOutput, C> writing, Function<WireInput, C> reading) {
        super(false, true);
        this.writing = writing;
        this.reading = reading;
    }

    /** The form of a change that says one text. */
    static <C extends Change> ChangeSerializer<C> ofText(Function<C, String> text, Function<String, C> make) {
        return new ChangeSerializer<>(
                (output, change) -> output.textField(1, text.apply(change)),
                input -> make.apply(input.textField(1, "text")));
    }

    /** The form of a change that says nothing but its kind. */
    static <C extends Change> ChangeSerializer<C> ofNothing(C change) {
        return new ChangeSerializer<>((output, same) -> {}, input -> change);
    }

    @Override
    public void write(Kryo kryo, Output output, C change) {
        writing.accept((WireOutput) output, change);
    }

    @Override
    public C read(Kryo kryo, Input input, Class<? extends C> type) {
        return reading.apply((WireInput) input);
    }
}
