package io.ticketmesh.webhook;

import java.util.List;

/**
 * How a node sends webhooks. Immutable.
 *
 * @param delivers whether it sends at all. If not, other nodes of the mesh tell what it accepted, a minute late, and it does not
 *     {@linkplain Webhooks#ping ping}
 * @param allowedNetworks networks that may be sent to although they are not public, and by http, such as {@code 10.1.0.0/16}; should be
 *     the same on all nodes
 */
public record WebhookOptions(boolean delivers, List<String> allowedNetworks) {
    /** Delivers, to the public internet only. */
    public static final WebhookOptions DEFAULT = new WebhookOptions(true, List.of());

    /**
     * @throws IllegalArgumentException when a network is none
     */
    public WebhookOptions {
        allowedNetworks = List.copyOf(allowedNetworks);
        AddressGuard unused = AddressGuard.allowing(allowedNetworks);
    }

    public WebhookOptions withDelivers(boolean other) {
        return new WebhookOptions(other, allowedNetworks);
    }

    public WebhookOptions withAllowedNetworks(String... networks) {
        return new WebhookOptions(delivers, List.of(networks));
    }
}
