package io.ticketmesh.json;

import io.ticketmesh.json.MalformedJsonException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads newline-delimited JSON: one value a line. Lines end with LF or CRLF, the last one may end with the file; blank lines
 * are skipped; a byte order mark before a line's value is skipped. A bad line, an over-long one too, spoils only itself. Holds
 * one line at a time. For one thread; does not close the stream.
 */
public final class JsonLines {
    private final InputStream input;
    private final JsonLimits limits;
    private final byte[] buffer = new byte[8192];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int filled;
    private long number;

    /** @param limits of one line: {@code documentBytes} is the longest line without its end */
    public JsonLines(InputStream input, JsonLimits limits) {
        this.input = input;
        this.limits = limits;
    }

    /**
     * The next line that is not blank, or empty at the end of the file.
     *
     * @throws IOException if the stream fails
     */
    public Optional<JsonLine> next() throws IOException {
        while (position < filled || fill()) {
            number++;
            if (!readLine()) {
                return Optional.of(new JsonLine.Bad(number, tooLong()));
            }
            byte[] bytes = line.toByteArray();
            if (!isBlank(bytes)) {
                return Optional.of(parsed(bytes));
            }
        }
        return Optional.empty();
    }

    private JsonLine parsed(byte[] bytes) {
        try {
            return new JsonLine.Row(number, Json.parse(bytes, limits));
        } catch (MalformedJsonException fault) {
            return new JsonLine.Bad(number, inFile(fault.reason(), fault.problem(), fault.column(), fault.offset()));
        }
    }

    private MalformedJsonException tooLong() {
        return inFile(Reason.TOO_LARGE, "the line has more than " + limits.documentBytes() + " bytes", 1, 0);
    }

    private MalformedJsonException inFile(Reason reason, String problem, int column, long offset) {
        return new MalformedJsonException(reason, problem, (int) Math.min(number, Integer.MAX_VALUE), column, offset);
    }

    /** Reads to the end of the line and past it; false if the line was longer than allowed and is gone. */
    private boolean readLine() throws IOException {
        line.reset();
        boolean fits = true;
        do {
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            // One more than allowed is kept, since a carriage return at the end does not count.
            if (fits && line.size() + (long) (end - position) - 1 > limits.documentBytes()) {
                fits = false;
                line.reset();
            }
            if (fits) {
                line.write(buffer, position, end - position);
            }
            position = end;
        } while (position == filled && fill());
        if (position < filled) {
            position++;
        }
        return fits && withoutReturn();
    }

    /** Takes a carriage return off the end; false if the rest is still longer than allowed. */
    private boolean withoutReturn() {
        byte[] bytes = line.toByteArray();
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\r') {
            length--;
            line.reset();
            line.write(bytes, 0, length);
        }
        return length <= limits.documentBytes();
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, input.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte next : bytes) {
            if (next != ' ' && next != '\t' && next != '\r') {
                return false;
            }
        }
        return true;
    }
}
