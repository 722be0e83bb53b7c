package io.ticketmesh.webhook;

import org.jspecify.annotations.Nullable;

/**
 * How a receiver took a message.
 *
 * @param status of HTTP; 0 when there was no answer
 * @param millis how long it took
 * @param body the beginning of what it said, for people
 * @param retryAfterMillis how long it wants to be left alone; 0 when it did not say
 * @param error why there was no answer; null when there was one
 */
public record Reception(
        int status,
        long millis,
        String body,
        long retryAfterMillis,
        @Nullable String error) {
    private static final int GONE = 410;

    static Reception failed(long millis, String error) {
        return new Reception(0, millis, "", 0, error);
    }

    /** Whether the receiver has it. */
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Whether it wants no more. */
    boolean gone() {
        return status == GONE;
    }
}
