package io.ticketmesh.wire;

/** Bytes are not a valid encoding of what they were taken for. Nothing of them may be used; decoding again fails again. */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    MalformedBytesException(String problem, int position) {
        super(problem + ", at byte " + position);
        this.position = position;
    }

    MalformedBytesException(String problem, int position, Throwable cause) {
        super(problem + ", at byte " + position, cause);
        this.position = position;
    }

    /** The first byte that could not be read, counted from 0. */
    public int position() {
        return position;
    }
}
