package io.ticketmesh.store.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A whole, checked frame.
 *
 * @param offset where it begins in its segment
 * @param bytes from the beginning of its header to its end; the scanner that returned it may overwrite them in its next
 *     step
 */
record Frame(FrameHeader header, int offset, ByteBuffer bytes) {
    int end() {
        return offset + header.length();
    }

    /** How many payloads, from the one numbered {@code from}, one frame of at most {@code maxBytes} can hold. */
    static int fitting(List<byte[]> payloads, int from, int maxBytes) {
        int payloadBytes = 0;
        int count = 0;
        while (from + count < payloads.size() && count < FrameHeader.MAX_COUNT) {
            payloadBytes += payloads.get(from + count).length;
            count++;
            if (payloadBytes > FrameHeader.MAX_PAYLOAD_BYTES || size(count, payloadBytes) > maxBytes) {
                return count - 1;
            }
        }
        return count;
    }

    /** The bytes of a frame that holds these payloads. */
    static int size(List<byte[]> payloads) {
        int payloadBytes = 0;
        for (byte[] payload : payloads) {
            payloadBytes += payload.length;
        }
        return size(payloads.size(), payloadBytes);
    }

    private static int size(int count, int payloadBytes) {
        return FrameHeader.BYTES + count * FrameHeader.ENTRY_BYTES + payloadBytes;
    }

    /** Makes a frame for a position. */
    static ByteBuffer encode(List<byte[]> payloads, long position, Chain chain, long durableIndex, Checksum checksum) {
        int length = size(payloads);
        ByteBuffer bytes = ByteBuffer.allocate(length);
        new FrameHeader(length, 0, chain.checksum(), chain.nextIndex(), durableIndex, payloads.size()).encode(bytes);
        for (byte[] payload : payloads) {
            int entryChecksum = entryChecksum(payload, position + bytes.position(), checksum);
            bytes.putInt(payload.length).putInt(entryChecksum).put(payload);
        }
        bytes.flip();
        return bytes.putInt(FrameHeader.CHECKSUM_AT, checksum(bytes, position, checksum));
    }

    /** The checksum of an entry at its position, over length and payload. */
    static int entryChecksum(byte[] payload, long position, Checksum checksum) {
        CRC32C crc = checksum.at(position);
        crc.update(payload.length >>> 24);
        crc.update(payload.length >>> 16);
        crc.update(payload.length >>> 8);
        crc.update(payload.length);
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** The checksum of a frame at its position, over everything but the magic and the checksum itself. */
    static int checksum(ByteBuffer frame, long position, Checksum checksum) {
        CRC32C crc = checksum.at(position);
        crc.update(frame.slice(FrameHeader.LENGTH_AT, Integer.BYTES));
        crc.update(frame.slice(FrameHeader.PREVIOUS_AT, frame.limit() - FrameHeader.PREVIOUS_AT));
        return (int) crc.getValue();
    }
}
