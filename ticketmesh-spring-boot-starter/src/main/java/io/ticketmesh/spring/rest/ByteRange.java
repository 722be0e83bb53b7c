package io.ticketmesh.spring.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of some bytes, as the header {@code Range} names it (RFC 9110, section 14).
 *
 * @param first of its bytes, from 0
 * @param last of its bytes, itself among them
 */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE =
            Pattern.compile("\\s*bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * The range that a header names; null when all is to be sent: there is no header, or it is none of one range of bytes, which a server
     * may overhear.
     *
     * @throws ProblemException when the range has none of the bytes
     */
    static @Nullable ByteRange of(@Nullable String header, long size) {
        Matcher single = header == null ? null : SINGLE.matcher(header);
        if (single == null || !single.matches()) {
            return null;
        }
        String from = single.group(1);
        String to = single.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? null : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        if (!to.isEmpty() && Long.parseLong(to) < first) {
            return null;
        } else if (first >= size) {
            throw unsatisfiable(size);
        }
        return new ByteRange(first, last);
    }

    private static ByteRange suffix(long length, long size) {
        if (length == 0 || size == 0) {
            throw unsatisfiable(size);
        }
        return new ByteRange(Math.max(0, size - length), size - 1);
    }

    private static ProblemException unsatisfiable(long size) {
        return Problem.of(
                        ProblemKind.RANGE_NOT_SATISFIABLE,
                        "There are " + size + " bytes, and none of them in the range")
                .with("size", size)
                .withHeader("Content-Range", "bytes */" + size)
                .exception();
    }

    long length() {
        return last - first + 1;
    }

    /** For the header {@code Content-Range}. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }
}
