package io.ticketmesh.oplog;

/**
 * Recognizes the repetition of a request: a hash of who asked for what under which idempotency key, and a hash of the body that
 * came with it. Travels with the operation, so that every replica recognizes it.
 *
 * @param high first half of the hash of the key and its scope
 * @param low second half
 * @param body hash of the body
 */
public record RequestKey(long high, long low, long body) {
    /** How long a key is remembered, in milliseconds: 24 hours. */
    public static final long KEPT_MILLIS = 24L * 60 * 60 * 1000;

    /** Whether both name the same request, whatever its body. */
    public boolean isSameRequest(RequestKey other) {
        return high == other.high && low == other.low;
    }
}
