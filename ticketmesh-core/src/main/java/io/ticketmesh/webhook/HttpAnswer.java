package io.ticketmesh.webhook;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to a post, as much of it as matters: RFC 9112 from the status line to the beginning of the body. Reads at most some 20 KB,
 * whatever is sent.
 *
 * @param status from 200 on
 * @param retryAfterMillis 0 when it is not given as seconds
 * @param body the beginning, as text
 */
record HttpAnswer(int status, long retryAfterMillis, String body) {
    private static final int MAX_HEAD = 16_384;
    private static final int MAX_BODY = 1_000;
    private static final int MAX_LINE = 8_192;
    private static final int FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int HEX = 16;

    static HttpAnswer read(InputStream input) throws IOException {
        Lines lines = new Lines(input);
        int status = status(lines.next());
        Map<String, String> headers = headers(lines);
        while (status < FINAL) { // 100 Continue and the like come before the answer
            status = status(lines.next());
            headers = headers(lines);
        }
        return new HttpAnswer(status, retryAfter(headers), body(status, headers, lines));
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-9]\\d\\d( .*)?")) {
            throw new IOException("The answer is not of HTTP/1.1");
        }
        return Integer.parseInt(line.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private static Map<String, String> headers(Lines lines) throws IOException {
        Map<String, String> headers = new HashMap<>();
        String line = lines.next();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            line = lines.next();
        }
        return headers;
    }

    private static long retryAfter(Map<String, String> headers) {
        String value = headers.getOrDefault("retry-after", "");
        return value.matches("\\d{1,9}") ? 1_000L * Integer.parseInt(value) : 0;
    }

    /** What is malformed here, or cut off, does not take the status back. */
    private static String body(int status, Map<String, String> headers, Lines lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            if (headers.getOrDefault("transfer-encoding", "")
                    .toLowerCase(Locale.ROOT)
                    .endsWith("chunked")) {
                readChunks(lines, body);
            } else if (status != NO_CONTENT && status != NOT_MODIFIED) {
                String length = headers.getOrDefault("content-length", "");
                lines.copy(length.matches("\\d{1,9}") ? Integer.parseInt(length) : MAX_BODY, body);
            }
        } catch (IOException cutOff) {
            return body.toString(StandardCharsets.UTF_8);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void readChunks(Lines lines, ByteArrayOutputStream body) throws IOException {
        int size = size(lines.next());
        while (size > 0 && body.size() < MAX_BODY) {
            lines.copy(size, body);
            if (body.size() < MAX_BODY) {
                lines.next();
                size = size(lines.next());
            }
        }
    }

    private static int size(String line) throws IOException {
        String digits = line.split(";", 2)[0].strip();
        if (!digits.matches("[0-9A-Fa-f]{1,7}")) {
            throw new IOException("The answer has a malformed chunk");
        }
        return Integer.parseInt(digits, HEX);
    }

    /** Reads a stream by lines, and never more of it than is asked for. */
    private static final class Lines {
        private final InputStream input;
        private int left = MAX_HEAD;

        Lines(InputStream input) {
            this.input = input;
        }

        String next() throws IOException {
            StringBuilder line = new StringBuilder();
            int read = one();
            while (read != '\n') {
                line.append((char) read);
                if (line.length() > MAX_LINE) {
                    throw new IOException("The answer has a line that is too long");
                }
                read = one();
            }
            boolean carriage = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
            return carriage ? line.substring(0, line.length() - 1) : line.toString();
        }

        private int one() throws IOException {
            int read = input.read();
            if (read < 0) {
                throw new EOFException("The connection ended before the answer did");
            }
            if (left-- == 0) {
                throw new IOException("The answer's head is too long");
            }
            return read;
        }

        /** Takes as many bytes over as are there, were announced, and are kept. */
        void copy(int announced, ByteArrayOutputStream body) throws IOException {
            byte[] bytes = input.readNBytes(Math.min(announced, MAX_BODY - body.size()));
            body.writeBytes(bytes);
        }
    }
}
