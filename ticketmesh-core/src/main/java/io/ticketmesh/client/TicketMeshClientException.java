package io.ticketmesh.client;

import org.jspecify.annotations.Nullable;

/**
 * A call that came to nothing, or to something other than wished. All that a client throws is of this class, but for
 * {@link IllegalArgumentException} where an argument can mean nothing, and {@link java.io.UncheckedIOException} where a file or stream that is
 * sent cannot be read.
 *
 * <ul>
 *   <li>{@link RefusedException} and those below it: a server said no, and why;
 *   <li>{@link UnreachableException}: no server gave an answer in time;
 *   <li>{@link AnswerTooLargeException}: the answer has more bytes than the client takes;
 *   <li>{@link BusyException}: the client has too many calls under way;
 *   <li>{@link ClosedException}: the client is closed;
 *   <li>{@link InterruptedCallException}: the thread that waited was interrupted.
 * </ul>
 */
public class TicketMeshClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TicketMeshClientException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
