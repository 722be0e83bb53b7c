package io.ticketmesh.spring.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data} (RFC 7578, RFC 2046), read part by part as a stream: no more of it is in memory than a buffer, and
 * nothing on disk. For one thread.
 */
final class MultipartReader {
    /** The most bytes of the headers of one part. */
    static final int MAX_HEADER_BYTES = 8_192;

    private static final int BUFFER_BYTES = 16_384;
    private static final int MAX_BOUNDARY_CHARS = 70;

    private final InputStream input;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;

    /** Whether what comes next belongs to a part. */
    private boolean inPart;

    private boolean over;

    /**
     * A part of the body.
     *
     * @param headers by their names in lower case
     * @param content until the next part is asked for
     */
    record Part(Map<String, String> headers, InputStream content) {}

    /** Says that a body is not what it should be. */
    static final class MalformedBodyException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedBodyException(String problem) {
            super("The multipart body " + problem);
        }
    }

    /**
     * @param boundary as the header {@code Content-Type} names it
     * @throws MalformedBodyException when it is no boundary
     */
    MultipartReader(InputStream input, String boundary) throws MalformedBodyException {
        boolean ascii = boundary.chars().allMatch(character -> character >= ' ' && character < 0x7F);
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_CHARS || !ascii) {
            throw new MalformedBodyException("has no boundary of 1 to " + MAX_BOUNDARY_CHARS + " characters");
        }
        this.input = input;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        buffer[0] = '\r'; // the first delimiter has no line before it
        buffer[1] = '\n';
        end = 2;
        inPart = true; // what stands before the first delimiter is none, and is skipped like one
    }

    /**
     * Goes on to the next part; what is left of the one before is skipped. Null at the end.
     *
     * @throws MalformedBodyException when the body ends before it should, or its headers are none
     */
    @Nullable
    Part next() throws IOException {
        while (inPart) {
            int passed = ready(); // before position is read: "position += ready()" reads it too early
            position += passed;
        }
        if (over) {
            return null;
        }
        position += delimiter.length;
        if (byteAt(0) == '-' && byteAt(1) == '-') {
            over = true;
            return null;
        }
        while (byteAt(0) == ' ' || byteAt(0) == '\t') {
            position++;
        }
        if (!line().isEmpty()) {
            throw new MalformedBodyException("has something behind a boundary");
        }
        Map<String, String> headers = headers();
        inPart = true;
        return new Part(headers, new Content());
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        int total = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            total += line.length() + 2;
            int colon = line.indexOf(':');
            if (colon <= 0 || total > MAX_HEADER_BYTES) {
                throw new MalformedBodyException(
                        "has a part whose headers are none, or have more than " + MAX_HEADER_BYTES + " bytes");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return Collections.unmodifiableMap(headers);
    }

    private String line() throws IOException {
        int length = 0;
        while (byteAt(length) != '\r' || byteAt(length + 1) != '\n') {
            if (++length > MAX_HEADER_BYTES) {
                throw new MalformedBodyException("has a line of more than " + MAX_HEADER_BYTES + " bytes");
            }
        }
        String line = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length + 2;
        return line;
    }

    private int byteAt(int offset) throws IOException {
        while (position + offset >= end) {
            fill();
        }
        return buffer[position + offset] & 0xFF;
    }

    /** How many bytes before the next delimiter are in the buffer, at least one; ends the part when there are none. */
    private int ready() throws IOException {
        while (true) {
            int found = find();
            if (found == 0) {
                inPart = false;
                return 0;
            }
            int certain = found > 0 ? found : end - position - delimiter.length + 1;
            if (certain > 0) {
                return certain;
            }
            fill();
        }
    }

    /** Where the next delimiter begins, from here; -1 when none is in the buffer as a whole. */
    private int find() {
        int last = end - delimiter.length;
        for (int start = position; start <= last; start++) {
            int matched = 0;
            while (matched < delimiter.length && buffer[start + matched] == delimiter[matched]) {
                matched++;
            }
            if (matched == delimiter.length) {
                return start - position;
            }
        }
        return -1;
    }

    /** Reads some more; what was passed makes room for it. */
    private void fill() throws IOException {
        if (position > 0) {
            System.arraycopy(buffer, position, buffer, 0, end - position);
            end -= position;
            position = 0;
        }
        int count = input.read(buffer, end, buffer.length - end);
        if (count < 0) {
            throw new MalformedBodyException("ends before its last boundary");
        }
        end += count;
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!inPart || length == 0) {
                return inPart ? 0 : -1;
            }
            int count = Math.min(length, ready());
            if (count == 0) {
                return -1;
            }
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
