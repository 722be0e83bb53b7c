package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import io.ticketmesh.replica.Incoming;
import io.ticketmesh.replica.Message;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for a codec among the transports of one test: the bytes of a message are its number, and as many more as were asked
 * for, each of which must arrive.
 */
final class Notebook {
    private static final int HEADER_BYTES = 4 * Long.BYTES;

    private final Map<Long, Message> messages = new ConcurrentHashMap<>();
    private final Map<Message, Integer> sizes = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** The encoded form of {@code message} shall have that many bytes. */
    <M extends Message> M sized(M message, int bytes) {
        sizes.put(message, bytes);
        return message;
    }

    byte[] encode(Origin from, Message message) {
        long number = numbers.incrementAndGet();
        messages.put(number, message);
        byte[] bytes = new byte[Math.max(HEADER_BYTES, sizes.getOrDefault(message, 0))];
        ByteBuffer.wrap(bytes)
                .putLong(from.node().high())
                .putLong(from.node().low())
                .putLong(from.incarnation())
                .putLong(number);
        for (int i = HEADER_BYTES; i < bytes.length; i++) {
            bytes[i] = filler(number, i);
        }
        return bytes;
    }

    Incoming decode(byte[] bytes, int offset, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        Origin from = new Origin(new NodeId(buffer.getLong(), buffer.getLong()), buffer.getLong());
        long number = buffer.getLong();
        for (int i = HEADER_BYTES; i < length; i++) {
            if (bytes[offset + i] != filler(number, i)) {
                throw new IllegalArgumentException("Byte " + i + " is damaged");
            }
        }
        return new Incoming(from, messages.get(number));
    }

    private static byte filler(long number, int place) {
        return (byte) (number * 31 + place * 7L + (place >> 8));
    }
}
