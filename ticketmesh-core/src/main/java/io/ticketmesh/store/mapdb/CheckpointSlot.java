package io.ticketmesh.store.mapdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The base file's word on the newest checkpoint of one journal. It tells a journal that a crash has cut off (never announced:
 * the checkpoint did not happen) from one that was damaged later (announced: the base may already hold part of it).
 */
record CheckpointSlot(State state, long number) {
    static final int BYTES = 16;

    enum State {
        /** Never written. */
        BLANK(0),
        /** Its checksum does not fit: torn, or damaged. */
        INVALID(1),
        /** The journal is whole and durable; its pages may be on their way into the base file. */
        ANNOUNCED(2),
        /** The base file holds all its pages. */
        APPLIED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }
    }

    static CheckpointSlot decode(byte[] identity, ByteBuffer source) {
        long number = source.getLong(0);
        int state = source.getInt(8);
        int checksum = source.getInt(12);
        if (number == 0 && state == 0 && checksum == 0) {
            return new CheckpointSlot(State.BLANK, 0);
        }
        boolean known = state == State.ANNOUNCED.code || state == State.APPLIED.code;
        if (!known || number <= 0 || checksum != checksum(identity, source)) {
            return new CheckpointSlot(State.INVALID, 0);
        }
        return new CheckpointSlot(state == State.APPLIED.code ? State.APPLIED : State.ANNOUNCED, number);
    }

    ByteBuffer encode(byte[] identity) {
        ByteBuffer target = ByteBuffer.allocate(BYTES);
        target.putLong(0, number).putInt(8, state.code);
        return target.putInt(12, checksum(identity, target));
    }

    private static int checksum(byte[] identity, ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(identity);
        crc.update(slot.duplicate().position(0).limit(12));
        return (int) crc.getValue();
    }
}
