package io.ticketmesh.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads text/event-stream as the WHATWG's HTML standard has it, from bytes that come in whatever pieces. Holds at most one line and one event.
 * For one thread.
 */
final class EventParser {
    /** Told of each event, and of each id that comes without one. */
    @FunctionalInterface
    interface Sink {
        /**
         * @param name {@code message} when the stream gives none; empty when there is no event but only an id
         * @param id the last id that the stream gave; empty when it gave none
         */
        void block(String name, String data, String id);
    }

    /** A line or an event has more bytes than are taken. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(long most) {
            super("An event has more than " + most + " bytes");
        }
    }

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final long most;
    private final Sink sink;
    private byte[] line = new byte[256];
    private int length;
    private boolean first = true;
    private boolean afterReturn;
    private String name = "";
    private String id;
    private String toldId;
    private final StringBuilder data = new StringBuilder();
    private long retryMillis = -1;

    /**
     * @param id the last id that was heard before; empty for none
     * @param most the largest line, and the largest event
     */
    EventParser(String id, long most, Sink sink) {
        this.id = id;
        this.toldId = id;
        this.most = most;
        this.sink = sink;
    }

    /** How long the server asks to be left alone between two connections; -1 while it has not said. */
    long retryMillis() {
        return retryMillis;
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @throws TooLarge when there is too much of it
     */
    void take(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            byte next = bytes[i];
            if (next == '\n' && afterReturn) {
                afterReturn = false;
            } else if (next == '\n' || next == '\r') {
                afterReturn = next == '\r';
                endLine();
            } else {
                afterReturn = false;
                add(next);
            }
        }
    }

    private void add(byte next) {
        if (length >= most) {
            throw new TooLarge(most);
        }
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = next;
    }

    private void endLine() {
        int begin = first && length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3) ? 3 : 0;
        String text = new String(line, begin, length - begin, StandardCharsets.UTF_8);
        first = false;
        length = 0;
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        take(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    private void take(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                if (data.length() + value.length() >= most) {
                    throw new TooLarge(most);
                }
                data.append(value).append('\n');
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    id = value;
                }
            }
            case "retry" -> {
                if (value.matches("[0-9]{1,9}")) {
                    retryMillis = Long.parseLong(value);
                }
            }
            default -> {
                // a comment, or what a later standard may say
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            data.setLength(data.length() - 1);
            sink.block(name.isEmpty() ? "message" : name, data.toString(), id);
        } else if (!id.equals(toldId)) {
            sink.block("", "", id);
        }
        toldId = id;
        name = "";
        data.setLength(0);
    }
}
