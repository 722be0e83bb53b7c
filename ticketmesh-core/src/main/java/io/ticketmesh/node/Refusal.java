package io.ticketmesh.node;

import org.jspecify.annotations.Nullable;

/**
 * Why a node takes no writes. Every caller gets an exception of its own, so that none keeps what another hangs on it.
 *
 * @param chosen whether somebody wanted it so
 */
record Refusal(String reason, @Nullable Throwable cause, boolean chosen) {
    static final Refusal CLOSED = new Refusal("it is closed", null);

    Refusal(String reason, @Nullable Throwable cause) {
        this(reason, cause, false);
    }

    ReadOnlyException exception() {
        return new ReadOnlyException(reason, cause, chosen);
    }
}
