package io.ticketmesh.transport.jgroups;

import io.ticketmesh.causality.NodeId;
import io.ticketmesh.causality.Origin;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one message of JGroups holds: several parcels that fit, each with the replica it is for, or a piece of one that does not.
 * Several because a message of JGroups costs more than its bytes; pieces because then one member's large parcel does not hold up
 * another's, and no more is under way than its credits.
 */
final class Frame {
    /** The most that one frame may hold. */
    static final int MAX_BYTES = 48_000;

    private static final byte PARCELS = 1;
    private static final byte PIECE = 2;
    private static final int TARGET_BYTES = 3 * Long.BYTES;
    private static final int PARCEL_HEADER_BYTES = 1 + Integer.BYTES;
    private static final int PIECE_HEADER_BYTES = 1 + Long.BYTES + 2 * Integer.BYTES;

    private Frame() {}

    /** Hears what is in a frame. */
    interface Reader {
        void parcel(@Nullable Origin target, byte[] bytes, int offset, int length);

        void piece(Piece piece);
    }

    /** A piece of a parcel: its bytes from {@code position} of {@code total}, in {@code bytes}. */
    record Piece(long number, int total, int position, byte[] bytes, int offset, int length) {}

    /** How many bytes a parcel takes in a frame, besides the one byte that the frame takes itself. */
    static int room(Parcel parcel) {
        return PARCEL_HEADER_BYTES + (parcel.target() == null ? 0 : TARGET_BYTES) + parcel.bytes().length;
    }

    static boolean fits(Parcel parcel) {
        return 1 + room(parcel) <= MAX_BYTES;
    }

    static byte[] ofParcels(List<Parcel> parcels) {
        ByteBuffer frame =
                ByteBuffer.allocate(1 + parcels.stream().mapToInt(Frame::room).sum());
        frame.put(PARCELS);
        for (Parcel parcel : parcels) {
            Origin target = parcel.target();
            frame.put((byte) (target == null ? 0 : 1));
            if (target != null) {
                frame.putLong(target.node().high()).putLong(target.node().low()).putLong(target.incarnation());
            }
            frame.putInt(parcel.bytes().length).put(parcel.bytes());
        }
        return frame.array();
    }

    static byte[] ofPiece(long number, byte[] bytes, int position) {
        int length = Math.min(MAX_BYTES - PIECE_HEADER_BYTES, bytes.length - position);
        return ByteBuffer.allocate(PIECE_HEADER_BYTES + length)
                .put(PIECE)
                .putLong(number)
                .putInt(bytes.length)
                .putInt(position)
                .put(bytes, position, length)
                .array();
    }

    /** How many bytes of the parcel the piece holds. */
    static int lengthOfPiece(byte[] frame) {
        return frame.length - PIECE_HEADER_BYTES;
    }

    /** @throws IllegalArgumentException when the bytes are no frame; some parcels may have been told by then */
    static void read(byte[] bytes, int offset, int length, Reader reader) {
        ByteBuffer frame = ByteBuffer.wrap(bytes, offset, length);
        try {
            byte kind = frame.get();
            switch (kind) {
                case PARCELS -> readParcels(frame, bytes, reader);
                case PIECE -> {
                    long number = frame.getLong();
                    int total = frame.getInt();
                    int position = frame.getInt();
                    reader.piece(new Piece(number, total, position, bytes, frame.position(), frame.remaining()));
                }
                default -> throw new IllegalArgumentException("No frame begins with " + kind);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The frame is cut off", e);
        }
    }

    private static void readParcels(ByteBuffer frame, byte[] bytes, Reader reader) {
        while (frame.hasRemaining()) {
            Origin target =
                    frame.get() == 0 ? null : new Origin(new NodeId(frame.getLong(), frame.getLong()), frame.getLong());
            int length = frame.getInt();
            if (length < 0 || length > frame.remaining()) {
                throw new IllegalArgumentException("A parcel of " + length + " bytes does not fit its frame");
            }
            reader.parcel(target, bytes, frame.position(), length);
            frame.position(frame.position() + length);
        }
    }
}
