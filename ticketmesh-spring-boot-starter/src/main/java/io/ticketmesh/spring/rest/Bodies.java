package io.ticketmesh.spring.rest;

import io.ticketmesh.json.JsonValue;
import io.ticketmesh.json.ObjectForm;
import io.ticketmesh.json.Violations;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads bodies of requests, within limits, whether or not they say how long they are. */
final class Bodies {
    /** How much of a refused body is read and thrown away, so that the client reads the answer instead of a reset. */
    private static final long DRAINED = 32L << 20;

    private static final long DRAINED_NANOS = 5_000_000_000L;

    private Bodies() {}

    /**
     * The whole body.
     *
     * @throws ProblemException when it has more than {@code max} bytes, or cannot be read
     */
    static byte[] read(HttpServletRequest request, long max) {
        requireLength(request, max);
        try {
            InputStream input = request.getInputStream();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            int count = input.read(buffer);
            while (count >= 0) {
                if (body.size() + (long) count > max) {
                    drain(request, input);
                    throw tooLarge(max);
                }
                body.write(buffer, 0, count);
                count = input.read(buffer);
            }
            return body.toByteArray();
        } catch (IOException broken) {
            throw unreadable();
        }
    }

    /** The body as a stream that ends with a problem after {@code max} bytes. */
    static InputStream stream(HttpServletRequest request, long max) throws IOException {
        requireLength(request, max);
        return new Limited(request.getInputStream(), max);
    }

    /**
     * The media type of the body.
     *
     * @throws ProblemException when it is none of {@code allowed}, not in UTF-8, or compressed
     */
    static String requireType(Call call, List<String> allowed) {
        String given = call.singleHeader("Content-Type");
        String encoding = call.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported(call, "The body must not be compressed", allowed)
                    .withHeader("Accept-Encoding", "identity")
                    .exception();
        }
        if (given == null) {
            throw unsupported(call, "The header Content-Type is missing; it must be " + oneOf(allowed), allowed)
                    .exception();
        }
        MediaType type = parse(given);
        String name = type == null ? "" : (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
        if (!allowed.contains(name)) {
            throw unsupported(call, "The header Content-Type must be " + oneOf(allowed), allowed)
                    .exception();
        }
        String charset = type == null ? null : type.getParameter("charset");
        if (charset != null && !unquoted(charset).equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw unsupported(call, "The body must be in UTF-8", allowed).exception();
        }
        return name;
    }

    /**
     * For requests that say everything in their path.
     *
     * @throws io.ticketmesh.json.InvalidJsonException when the body says more
     */
    static void requireEmptyObject(JsonValue body) {
        Violations violations = new Violations();
        ObjectForm.of(body, violations).rejectUnknown();
        violations.throwIfAny();
    }

    private static @Nullable MediaType parse(String contentType) {
        try {
            return MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException malformed) {
            return null;
        }
    }

    private static String unquoted(String text) {
        return text.replaceAll("^[\"']|[\"']$", "");
    }

    private static String oneOf(List<String> allowed) {
        return String.join(" or ", allowed);
    }

    private static Problem unsupported(Call call, String detail, List<String> allowed) {
        String header = call.method().equals("PATCH") ? "Accept-Patch" : "Accept";
        return Problem.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail)
                .with("supported", allowed)
                .withHeader(header, String.join(", ", allowed));
    }

    private static void requireLength(HttpServletRequest request, long max) {
        if (request.getContentLengthLong() > max) {
            try {
                drain(request, request.getInputStream());
            } catch (IOException gone) {
                throw tooLarge(max);
            }
            throw tooLarge(max);
        }
    }

    /** Reads what is left of a body that was refused and throws it away, within limits. */
    static void drain(HttpServletRequest request) {
        try {
            drain(request, request.getInputStream());
        } catch (IOException | ProblemException gone) {
            // the client does not wait for the answer
        }
    }

    private static void drain(HttpServletRequest request, InputStream input) throws IOException {
        if (request.getHeader("Expect") != null) {
            return; // the client waits for our word before it sends the body
        }
        byte[] buffer = new byte[1 << 16];
        long end = System.nanoTime() + DRAINED_NANOS;
        long total = 0;
        int count = 0;
        while (count >= 0 && total < DRAINED && System.nanoTime() - end < 0) {
            count = input.read(buffer);
            total += Math.max(0, count);
        }
    }

    private static ProblemException tooLarge(long max) {
        return Problem.of(ProblemKind.TOO_LARGE, "The body has more than " + max + " bytes")
                .with("limit", max)
                .exception();
    }

    private static ProblemException unreadable() {
        return Problem.of(ProblemKind.MALFORMED_REQUEST, "The body could not be read to its end")
                .exception();
    }

    private static final class Limited extends FilterInputStream {
        private final long max;
        private long total;

        private Limited(InputStream input, long max) {
            super(input);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            int count = read(one, 0, 1);
            return count < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count;
            try {
                count = super.read(buffer, offset, length);
            } catch (IOException broken) {
                throw unreadable();
            }
            total += Math.max(0, count);
            if (total > max) {
                throw tooLarge(max);
            }
            return count;
        }
    }
}
