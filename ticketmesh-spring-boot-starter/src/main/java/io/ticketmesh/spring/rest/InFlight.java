package io.ticketmesh.spring.rest;

import io.ticketmesh.oplog.RequestKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests with an idempotency key that this node is carrying out: each at most once at a time. Holds {@link #MAX}; when full,
 * further ones are answered with 503. Thread-safe.
 */
final class InFlight {
    static final int MAX = 10_000;

    private final Set<Request> requests = ConcurrentHashMap.newKeySet();

    private record Request(long high, long low) {}

    /** Ends the request's stay. */
    interface Stay extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Notes that the request is carried out, until the stay is closed.
     *
     * @param key null for a request that may be carried out any number of times
     * @throws ProblemException when it is carried out already
     */
    Stay enter(@Nullable RequestKey key) {
        if (key == null) {
            return () -> {};
        }
        Request request = new Request(key.high(), key.low());
        if (requests.size() >= MAX) {
            throw Problem.of(ProblemKind.OVERLOADED, "Too many requests with an idempotency key are being carried out")
                    .withHeader("Retry-After", "1")
                    .exception();
        }
        if (!requests.add(request)) {
            throw Problem.of(
                            ProblemKind.REQUEST_IN_FLIGHT,
                            "A request with this idempotency key is being carried out; ask again shortly")
                    .withHeader("Retry-After", "1")
                    .exception();
        }
        return () -> requests.remove(request);
    }
}
