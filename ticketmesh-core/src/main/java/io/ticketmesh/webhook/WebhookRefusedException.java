package io.ticketmesh.webhook;

/** Something cannot be done with a webhook now; the text says why. Nothing was sent or stored. */
public class WebhookRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WebhookRefusedException(String reason) {
        super(reason);
    }
}
