package io.ticketmesh.store.mapdb;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.mapdb.DataInput2;
import org.mapdb.DataOutput2;
import org.mapdb.Serializer;

/**
 * The bytes of a {@link Node}. Each long is written as its difference to the same long of the entry before, in as many bytes as
 * that needs; half a byte says how many. Neighbours in an index have much in common, so an entry of four longs takes about 18
 * bytes. Records grow in steps, so that most changes of a node are written in place. Thread-safe.
 */
final class NodeForm implements Serializer<Node> {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD_BYTES = 1 + 1 + 1 + 2 + 1 + 8;
    private static final int STEP_BYTES = 128;

    private final long record;

    /** For the node of one record; a node does not store where it is stored. */
    NodeForm(long record) {
        this.record = record;
    }

    @Override
    public void serialize(DataOutput2 out, Node node) {
        int width = node.width;
        int controls = (width + 1) / 2;
        out.ensureAvail(HEAD_BYTES + node.keyWidth * 8 + node.count * (controls + width * 8) + STEP_BYTES + Long.BYTES);
        byte[] bytes = out.buf;
        int start = out.pos;
        int at = head(node, bytes, start);
        long[] cells = node.cells;
        long[] before = new long[width];
        int cell = 0;
        for (int i = 0; i < node.count; i++) {
            int control = at;
            at += controls;
            for (int j = 0; j < width; j++) {
                long value = cells[cell++];
                long difference = value - before[j];
                before[j] = value;
                long folded = (difference << 1) ^ (difference >> 63);
                int size = (71 - Long.numberOfLeadingZeros(folded)) >>> 3;
                LONG.set(bytes, at, folded); // the bytes behind its size are zero, as the next control bytes must be
                at += size;
                bytes[control + (j >>> 1)] |= (byte) (size << ((j & 1) << 2));
            }
        }
        int size = (at - start + Long.BYTES + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
        Arrays.fill(bytes, at, start + size, (byte) 0);
        out.pos = start + size;
    }

    private static int head(Node node, byte[] bytes, int start) {
        long[] high = node.high;
        bytes[start] = (byte) node.level;
        bytes[start + 1] = (byte) node.keyWidth;
        bytes[start + 2] = (byte) node.width;
        bytes[start + 3] = (byte) node.count;
        bytes[start + 4] = (byte) (node.count >>> 8);
        bytes[start + 5] = (byte) (high == null ? 0 : 1);
        LONG.set(bytes, start + 6, node.right);
        int at = start + HEAD_BYTES;
        if (high != null) {
            for (int i = 0; i < node.keyWidth; i++) {
                LONG.set(bytes, at, high[i]);
                at += Long.BYTES;
            }
        }
        return at;
    }

    @Override
    public Node deserialize(DataInput2 input, int available) throws IOException {
        byte[] bytes = input.internalByteArray();
        int at = input.getPos();
        if (bytes == null) {
            bytes = new byte[available];
            input.readFully(bytes);
            at = 0;
        }
        int level = bytes[at];
        int keyWidth = bytes[at + 1];
        int width = bytes[at + 2];
        int count = (bytes[at + 3] & 0xFF) | (bytes[at + 4] & 0xFF) << 8;
        boolean hasHigh = bytes[at + 5] == 1;
        long right = (long) LONG.get(bytes, at + 6);
        at += HEAD_BYTES;
        long[] high = null;
        if (hasHigh) {
            high = new long[keyWidth];
            for (int i = 0; i < keyWidth; i++) {
                high[i] = (long) LONG.get(bytes, at);
                at += Long.BYTES;
            }
        }
        Node node = new Node(record, level, keyWidth, width, cells(bytes, at, count, width), count);
        node.right = right;
        node.high = high;
        return node;
    }

    private static long[] cells(byte[] bytes, int from, int count, int width) {
        long[] cells = new long[count * width];
        int controls = (width + 1) / 2;
        int at = from;
        int cell = 0;
        for (int i = 0; i < count; i++) {
            int control = at;
            at += controls;
            for (int j = 0; j < width; j++) {
                int size = (bytes[control + (j >>> 1)] >>> ((j & 1) << 2)) & 0xF;
                long folded = 0;
                if (size > 0) {
                    folded = (long) LONG.get(bytes, at) & (-1L >>> (64 - (size << 3)));
                    at += size;
                }
                long difference = (folded >>> 1) ^ -(folded & 1);
                cells[cell] = (cell >= width ? cells[cell - width] : 0) + difference;
                cell++;
            }
        }
        return cells;
    }
}
