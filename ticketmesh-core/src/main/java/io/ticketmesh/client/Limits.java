package io.ticketmesh.client;

import java.time.Duration;

/**
 * How long and how much, as the builder has collected it; see {@link TicketMeshClient.Builder} for what each means.
 *
 * @param callNanos over everything that a call does
 * @param attemptNanos for each attempt
 * @param transferNanos in place of both for imports, and for the beginning of exports
 * @param silenceNanos how long a stream may bring nothing
 * @param attempts the most of one call
 * @param calls the most under way at once
 * @param answerBytes the largest answer
 */
record Limits(
        long callNanos,
        long attemptNanos,
        long transferNanos,
        long silenceNanos,
        int attempts,
        int calls,
        long answerBytes) {
    /** The same, with more time for writes that wait for other members. */
    Limits longer(Duration time) {
        return new Limits(
                callNanos + time.toNanos(),
                attemptNanos + time.toNanos(),
                transferNanos,
                silenceNanos,
                attempts,
                calls,
                answerBytes);
    }
}
