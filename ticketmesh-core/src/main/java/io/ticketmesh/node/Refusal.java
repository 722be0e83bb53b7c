package io.ticketmesh.node;

import org.jspecify.annotations.Nullable;

/** Why a node takes no writes. Every caller gets an exception of its own, so that none keeps what another hangs on it. */
record Refusal(String reason, @Nullable Throwable cause) {
    static final Refusal CLOSED = new Refusal("it is closed", null);

    ReadOnlyException exception() {
        return cause == null ? new ReadOnlyException(reason) : new ReadOnlyException(reason, cause);
    }
}
