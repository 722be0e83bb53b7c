package io.ticketmesh.client;

import org.jspecify.annotations.Nullable;

/**
 * One server that was asked in vain.
 *
 * @param reason for people
 * @param unsent whether it is certain that the server got nothing of the request
 * @param problem what the server said; null when it said nothing
 * @param cause what was thrown; null when the server answered
 */
public record FailedAttempt(
        Server server,
        String reason,
        boolean unsent,
        @Nullable Problem problem,
        @Nullable Throwable cause) {
    /** Like {@code http://host:8080 (connection refused)}. */
    @Override
    public String toString() {
        return server + " (" + reason + ")";
    }
}
