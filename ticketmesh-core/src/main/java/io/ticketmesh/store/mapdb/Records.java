package io.ticketmesh.store.mapdb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;
import org.mapdb.Store;

/**
 * Single values in records of MapDB, as bytes. Records grow in steps and are never deleted but emptied, because a reader may
 * still hold their number, and because MapDB loses a little space whenever a record moves.
 */
final class Records {
    private static final int STEP_BYTES = 128;
    private static final byte[] NOTHING = new byte[0];

    /** Length, bytes, filling. */
    private static final Serializer<byte[]> FORM = new Serializer<>() {
        @Override
        public void serialize(DataOutput2 out, byte[] value) throws IOException {
            int size = (Integer.BYTES + value.length + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
            out.ensureAvail(size);
            out.writeInt(value.length);
            out.write(value);
            out.pos = size;
        }

        @Override
        public byte[] deserialize(DataInput2 input, int available) throws IOException {
            byte[] value = new byte[input.readInt()];
            input.readFully(value);
            return value;
        }
    };

    private final Store store;

    Records(Store store) {
        this.store = store;
    }

    long add(byte[] value) {
        return store.put(value, FORM);
    }

    void replace(long record, byte[] value) {
        store.update(record, value, FORM);
    }

    void empty(long record) {
        store.update(record, NOTHING, FORM);
    }

    /** The value; null when it was emptied. */
    byte @Nullable [] read(long record) {
        byte[] value = store.get(record, FORM);
        return value == null || value.length == 0 ? null : value;
    }
}
