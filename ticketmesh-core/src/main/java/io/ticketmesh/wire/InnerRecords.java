package io.ticketmesh.wire;

import com.esotericsoftware.kryo.Kryo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records within another record or within a message: the same bytes as alone, each with its length before it. None takes more
 * than {@link WireCodec#MAX_BYTES}, so that each fits into the log.
 */
final class InnerRecords {
    private InnerRecords() {}

    /** A field of one record. */
    static void write(Kryo kryo, WireOutput output, int tag, Object record) {
        output.unsigned(tag);
        writeFramed(kryo, output, record);
    }

    static <T> T read(Kryo kryo, WireInput input, int tag, String name, Class<T> type) {
        input.openRequired(tag, name);
        return readFramed(kryo, input, type);
    }

    /** The record of a field that may be missing. */
    static <T> @Nullable T readOptional(Kryo kryo, WireInput input, int tag, Class<T> type) {
        return input.open(tag) ? readFramed(kryo, input, type) : null;
    }

    /** A field of records in their order; none when there are none. */
    static void writeAll(Kryo kryo, WireOutput output, int tag, Collection<?> records) {
        if (!records.isEmpty()) {
            output.open(tag);
            for (Object each : records) {
                writeFramed(kryo, output, each);
            }
            output.closeFrame();
        }
    }

    static <T> List<T> readAll(Kryo kryo, WireInput input, int tag, Class<T> type) {
        List<T> records = new ArrayList<>();
        if (input.open(tag)) {
            while (input.hasMore()) {
                input.openFrame();
                records.add(readFramed(kryo, input, type));
            }
            input.closeFrame();
        }
        return records;
    }

    private static void writeFramed(Kryo kryo, WireOutput output, Object record) {
        output.openFrame();
        int start = output.position();
        kryo.writeObject(output, record);
        if (output.position() - start > WireCodec.MAX_BYTES) {
            throw new TooLargeException("record", WireCodec.MAX_BYTES);
        }
        output.closeFrame();
    }

    /** Reads the record in the frame that was just begun. */
    private static <T> T readFramed(Kryo kryo, WireInput input, Class<T> type) {
        int bytes = input.limit() - input.position();
        if (bytes > WireCodec.MAX_BYTES) {
            throw input.malformed(
                    type.getSimpleName() + " of " + bytes + " bytes, at most " + WireCodec.MAX_BYTES + " are allowed");
        }
        T record = kryo.readObject(input, type);
        input.closeFrame();
        return record;
    }
}
