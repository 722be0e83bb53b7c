package io.ticketmesh.bundle;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.oplog.Operation;
import io.ticketmesh.wire.WireCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes one bundle. For one thread. */
final class BundleWriter {
    private final OutputStream output;
    private final WireCodec codec = new WireCodec();
    private final List<byte[]> part = new ArrayList<>();
    private int partBytes;
    private long place;
    private long operations;

    BundleWriter(OutputStream output) {
        this.output = output;
    }

    void begin(NodeId node, long nowMillis) throws IOException {
        byte[] header = new byte[BundleFormat.HEADER_BYTES];
        ByteBuffer.wrap(header)
                .put(BundleFormat.MAGIC)
                .putInt(BundleFormat.VERSION)
                .putLong(nowMillis)
                .putLong(node.high())
                .putLong(node.low());
        write(header);
    }

    void add(Operation operation) throws IOException {
        byte[] bytes = codec.encodeOperation(operation);
        part.add(bytes);
        partBytes += Integer.BYTES + bytes.length;
        operations++;
        if (part.size() >= BundleFormat.PART_OPERATIONS || partBytes >= BundleFormat.PART_BYTES) {
            writePart();
        }
    }

    long end() throws IOException {
        if (!part.isEmpty()) {
            writePart();
        }
        byte[] end = new byte[Integer.BYTES + Long.BYTES];
        ByteBuffer.wrap(end).putInt(0).putLong(operations);
        write(end);
        output.flush();
        return operations;
    }

    private void writePart() throws IOException {
        byte[] bytes = new byte[2 * Integer.BYTES + partBytes];
        ByteBuffer filling = ByteBuffer.wrap(bytes);
        filling.putInt(Integer.BYTES + partBytes).putInt(part.size());
        part.forEach(operation -> filling.putInt(operation.length).put(operation));
        write(bytes);
        part.clear();
        partBytes = 0;
    }

    private void write(byte[] bytes) throws IOException {
        output.write(bytes);
        int checksum = BundleFormat.checksum(place, bytes, bytes.length);
        output.write(ByteBuffer.allocate(Integer.BYTES).putInt(checksum).array());
        place += bytes.length + Integer.BYTES;
    }
}
