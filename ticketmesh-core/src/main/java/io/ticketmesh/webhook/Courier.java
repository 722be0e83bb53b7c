package io.ticketmesh.webhook;

import java.util.Map;

/** Carries a message to its receiver. */
@FunctionalInterface
interface Courier {
    /**
     * Sends once and waits for the answer, for at most about ten seconds; follows no redirect. Any thread calls, many at once; it throws
     * nothing, whatever the receiver does.
     */
    Reception carry(WebhookUrl target, Map<String, String> headers, byte[] body);
}
