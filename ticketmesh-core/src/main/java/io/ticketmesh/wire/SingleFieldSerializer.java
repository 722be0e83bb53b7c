package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The form of a record that has one field, which is required and has tag 1. */
final class SingleFieldSerializer<T, V> extends RecordSerializer<T> {
    private static final int FIELD = 1;

    private final String name;
    private final Function<T, V> get;
    private final BiConsumer<WireOutput, V> write;
    private final Function<WireInput, V> read;
    private final Function<V, T> make;

    /**
     * @param name the field's, for saying that it is missing
     */
    SingleFieldSerializer(
            int id,
            String name,
            Function<T, V> get,
            BiConsumer<WireOutput, V> write,
            Function<WireInput, V> read,
            Function<V, T> make) {
        super(id);
        this.name = name;
        this.get = get;
        this.write = write;
        this.read = read;
        this.make = make;
    }

    @Override
    int lastTag() {
        return FIELD;
    }

    @Override
    void writeFields(Kryo kryo, WireOutput output, T whole) {
        output.open(FIELD);
        write.accept(output, get.apply(whole));
        output.closeFrame();
    }

    @Override
    T readFields(Kryo kryo, WireInput input) {
        input.openRequired(FIELD, name);
        V field = read.apply(input);
        input.closeFrame();
        return make.apply(field);
    }
}
