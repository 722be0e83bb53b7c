package io.ticketmesh.exchange;

/** A file cannot be read on. The text is meant for the one who sent it. */
final class UnreadableSourceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableSourceException(String message) {
        super(message);
    }
}
