package io.ticketmesh.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is sent as a stream, opened anew each time. That it cannot be read is no fault of a server, and not its end, for which the JDK's client may take
 * it: the request breaks off, and the caller is told.
 */
final class Source {
    private Source() {}

    /** That it cannot be read. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(Throwable cause) {
            super(cause);
        }
    }

    /** The bytes of a file. */
    static Supplier<InputStream> of(Path file) {
        return () -> {
            try {
                return Files.newInputStream(file);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    /** What is sent, from the beginning. */
    static BodyPublisher publisher(Supplier<? extends InputStream> opening) {
        return BodyPublishers.ofInputStream(() -> open(opening));
    }

    private static InputStream open(Supplier<? extends InputStream> opening) {
        try {
            return new FilterInputStream(opening.get()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    try {
                        return in.read(bytes, offset, length);
                    } catch (IOException | RuntimeException failed) {
                        throw new Unreadable(failed);
                    }
                }
            };
        } catch (RuntimeException failed) {
            throw new Unreadable(failed);
        }
    }

    /** Why the source could not be read; null when a request failed for another reason. */
    static @Nullable RuntimeException faultOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Unreadable unreadable) {
                Throwable reason = unreadable.getCause();
                return reason instanceof IOException broken
                        ? new UncheckedIOException(broken)
                        : reason instanceof RuntimeException thrown ? thrown : unreadable;
            }
        }
        return null;
    }
}
