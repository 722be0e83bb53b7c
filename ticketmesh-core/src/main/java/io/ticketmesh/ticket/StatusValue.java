package io.ticketmesh.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The status of a ticket with what belongs to it; written together, so that no merge can mix two of them.
 *
 * @param resolution why it is done; null unless it is
 * @param pendingUntil when waiting ends; null when open-ended or not waiting
 */
public record StatusValue(
        Status status,
        @Nullable String resolution,
        @Nullable Instant pendingUntil) {
    /** The status of a ticket whose status was never written. */
    public static final StatusValue INITIAL = new StatusValue(Status.NEW, null, null);
}
