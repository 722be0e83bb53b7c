package io.ticketmesh.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes are not a valid encoding of what they were taken for. Nothing of them may be used; decoding again fails again.
 *
 * <p>Has no stack trace, because whoever sends such bytes should not make us work; the message says what is wrong, and where.
 */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    MalformedBytesException(String problem, int position) {
        this(problem, position, null);
    }

    MalformedBytesException(String problem, int position, @Nullable Throwable cause) {
        super(problem + ", at byte " + position, cause, true, false);
        this.position = position;
    }

    /** The first byte that could not be read, counted from 0. */
    public int position() {
        return position;
    }
}
