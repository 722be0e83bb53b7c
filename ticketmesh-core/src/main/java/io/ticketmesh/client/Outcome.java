package io.ticketmesh.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a call came to, for those who wait for it. */
final class Outcome {
    private Outcome() {}

    /**
     * Waits for the end of a call.
     *
     * @throws TicketMeshClientException when it came to nothing, also when the thread is interrupted
     */
    static <T extends @Nullable Object> T of(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof TicketMeshClientException told) {
                told.fillInStackTrace(); // where the call was made says more than where its answer arrived
                throw told;
            } else if (cause instanceof RuntimeException fault) {
                throw fault;
            } else if (cause instanceof Error fault) {
                throw fault;
            }
            throw new IllegalStateException(cause);
        } catch (InterruptedException interruption) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedCallException(interruption);
        }
    }
}
