package io.ticketmesh.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A stream that does not wait for ever: when a read has brought nothing for too long, it fails. Read by one thread; may be closed by any.
 */
final class WatchedStream extends InputStream {
    private final InputStream stream;
    private final long silenceNanos;
    private final AtomicReference<@Nullable Runnable> onEnd = new AtomicReference<>();
    private volatile String ended = "";

    WatchedStream(InputStream stream, long silenceNanos) {
        this.stream = stream;
        this.silenceNanos = silenceNanos;
    }

    /** What is run once when the stream has ended. */
    void onEnd(Runnable action) {
        onEnd.set(action);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        requireGoing();
        int count;
        try {
            count = stream.available() > 0 ? stream.read(bytes, offset, length) : awaited(bytes, offset, length);
        } catch (IOException failed) {
            requireGoing(); // why it was closed says more
            throw failed;
        }
        requireGoing(); // a stream that is closed elsewhere may look as if it were complete
        if (count < 0) {
            release();
        }
        return count;
    }

    private int awaited(byte[] bytes, int offset, int length) throws IOException {
        CompletableFuture<Void> silence = new CompletableFuture<Void>();
        CompletableFuture<Void> watch = silence.orTimeout(silenceNanos, TimeUnit.NANOSECONDS)
                .exceptionally(late -> {
                    end("The server sent nothing for " + TimeUnit.NANOSECONDS.toMillis(silenceNanos) + " ms");
                    return null;
                });
        try {
            return stream.read(bytes, offset, length);
        } finally {
            silence.complete(null);
            watch.join();
        }
    }

    private void requireGoing() throws IOException {
        if (!ended.isEmpty()) {
            throw new IOException(ended);
        }
    }

    /** Ends it because its client is closed. */
    void end() {
        end("The client is closed");
    }

    private void end(String reason) {
        ended = reason;
        try {
            stream.close();
        } catch (IOException gone) {
            return; // it has ended as it should
        } finally {
            release();
        }
    }

    private void release() {
        Runnable action = onEnd.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }

    @Override
    public int available() throws IOException {
        return stream.available();
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            release();
        }
    }
}
