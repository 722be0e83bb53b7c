package io.ticketmesh.bundle;

import io.ticketmesh.oplog.Operation;
import io.ticketmesh.wire.MalformedBytesException;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one bundle part by part; a part is given when all of it was checked. For one thread. */
final class BundleReader {
    private static final int END_BYTES = Long.BYTES;

    private final InputStream input;
    private final WireCodec codec = new WireCodec();
    private long place;
    private long operations;

    /**
     * @throws DamagedBundleException when it does not begin as a bundle
     */
    BundleReader(InputStream input) throws IOException {
        this.input = input;
        ByteBuffer header = checked(read(BundleFormat.HEADER_BYTES + Integer.BYTES));
        byte[] magic = new byte[BundleFormat.MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, BundleFormat.MAGIC)) {
            throw new DamagedBundleException(0, "does not begin as one");
        }
        int version = header.getInt();
        if (version != BundleFormat.VERSION) {
            throw new DamagedBundleException(0, "is of version " + version + ", and this node reads version 1 only,");
        }
    }

    /** The next operations; none at the end. */
    List<Operation> next() throws IOException {
        byte[] length = read(Integer.BYTES);
        int size = ByteBuffer.wrap(length).getInt();
        if (size < 0 || size > BundleFormat.MAX_PART_BYTES) {
            throw damaged();
        }
        int whole = Integer.BYTES + (size == 0 ? END_BYTES : size);
        byte[] bytes = Arrays.copyOf(length, whole + Integer.BYTES);
        fill(bytes, Integer.BYTES);
        long began = place;
        ByteBuffer part = checked(bytes);
        part.getInt();
        if (size == 0) {
            if (part.getLong() != operations || input.read() >= 0) {
                throw new DamagedBundleException(began, "does not hold what its end says");
            }
            return List.of();
        }
        List<Operation> all = operations(part, began);
        operations += all.size();
        return all;
    }

    long operations() {
        return operations;
    }

    private List<Operation> operations(ByteBuffer part, long began) {
        try {
            int count = part.getInt();
            List<Operation> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[Math.min(part.getInt(), part.remaining())];
                part.get(bytes);
                all.add(codec.decodeOperation(bytes));
            }
            if (part.hasRemaining() || all.isEmpty()) {
                throw new DamagedBundleException(began, "is damaged");
            }
            return all;
        } catch (MalformedBytesException | java.nio.BufferUnderflowException | NegativeArraySizeException malformed) {
            throw new DamagedBundleException(began, "is damaged");
        }
    }

    /** The bytes without their checksum, which is right. */
    private ByteBuffer checked(byte[] bytes) {
        int length = bytes.length - Integer.BYTES;
        int told = ByteBuffer.wrap(bytes, length, Integer.BYTES).getInt();
        if (told != BundleFormat.checksum(place, bytes, length)) {
            throw damaged();
        }
        place += bytes.length;
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private DamagedBundleException damaged() {
        return new DamagedBundleException(place, "is damaged");
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        fill(bytes, 0);
        return bytes;
    }

    private void fill(byte[] bytes, int from) throws IOException {
        if (input.readNBytes(bytes, from, bytes.length - from) < bytes.length - from) {
            throw new DamagedBundleException(place, "ends too early: its last whole part ends");
        }
    }
}
