package io.ticketmesh.webhook;

/** There is no webhook, or no delivery of it that is remembered, under the given id. */
public class UnknownWebhookException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownWebhookException(String what) {
        super("There is no " + what);
    }
}
