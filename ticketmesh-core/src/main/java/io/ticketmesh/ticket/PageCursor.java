package io.ticketmesh.ticket;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A place in a list: the sort values and the id of a row, not an offset. It survives the deletion of its row and works on every
 * node.
 *
 * @param query tells for which filter and order it was made
 * @param values the row's value for each sort key
 * @param backward whether the page ends before the row, rather than beginning behind it
 */
public record PageCursor(long query, List<Long> values, TicketId id, boolean backward) {
    private static final int FORMAT = 1;

    public PageCursor {
        values = List.copyOf(values);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws InvalidChangeException when {@code text} is no cursor
     */
    public static PageCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            int format = bytes.get();
            int flags = bytes.get();
            int count = bytes.get();
            if (format != FORMAT || flags < 0 || flags > 1 || count < 1 || count > 3) {
                throw notACursor();
            }
            long query = bytes.getLong();
            List<Long> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(bytes.getLong());
            }
            PageCursor cursor =
                    new PageCursor(query, values, new TicketId(bytes.getLong(), bytes.getLong()), flags == 1);
            if (bytes.hasRemaining() || !cursor.toString().equals(text)) {
                throw notACursor();
            }
            return cursor;
        } catch (IllegalArgumentException | BufferUnderflowException malformed) {
            throw notACursor();
        }
    }

    /** The cursor as text that fits into an address. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(3 + 8 + 8 * values.size() + 16);
        bytes.put((byte) FORMAT).put((byte) (backward ? 1 : 0)).put((byte) values.size());
        bytes.putLong(query);
        values.forEach(bytes::putLong);
        bytes.putLong(id.high()).putLong(id.low());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static InvalidChangeException notACursor() {
        return new InvalidChangeException("cursor", "is not a cursor of this system");
    }
}
