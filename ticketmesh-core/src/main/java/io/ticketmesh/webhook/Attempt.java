package io.ticketmesh.webhook;

import io.ticketmesh.causality.NodeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to deliver a message.
 *
 * @param node who tried
 * @param status of HTTP; 0 when there was no answer
 * @param millis how long it took
 * @param error why there was no answer; null when there was one
 */
public record Attempt(
        Instant at,
        NodeId node,
        int status,
        long millis,
        @Nullable String error) {}
