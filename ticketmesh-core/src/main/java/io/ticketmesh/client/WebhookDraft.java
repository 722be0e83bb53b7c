package io.ticketmesh.client;

import io.ticketmesh.json.JsonWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what a webhook shall be like. What is not mentioned stays as it is. Rules are checked by the server. Not thread-safe. */
public final class WebhookDraft {
    private static final String SECRET = "secret";

    private final Map<String, Object> members = new LinkedHashMap<>();

    WebhookDraft() {}

    /** Where messages are posted to: https, or http to a network that servers allow. */
    public WebhookDraft url(URI url) {
        return with("url", url.toString());
    }

    /** The types of events that it is told, like {@code ticket.created}; none for all. */
    public WebhookDraft events(String... types) {
        return with("events", List.of(types));
    }

    /** What a ticket must meet after a change, in the language of {@code q}; empty for all. At most 1,000 characters. */
    public WebhookDraft filter(String filter) {
        return with("filter", filter);
    }

    /** For people; at most 255 characters. */
    public WebhookDraft description(String description) {
        return with("description", description);
    }

    /** Whether it is told anything. One that is switched on begins at that moment. */
    public WebhookDraft active(boolean active) {
        return with("active", active);
    }

    /**
     * A secret that the receiver has already: {@code whsec_} and 24 to 64 bytes in base 64; by default the client makes one. Only for a
     * new webhook: {@link RemoteWebhooks#rotate} gives another one.
     */
    public WebhookDraft secret(String secret) {
        return with(SECRET, secret);
    }

    /** What was said last. */
    String secret() {
        return String.valueOf(members.get(SECRET));
    }

    private WebhookDraft with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    void write(JsonWriter json) {
        json.value(members);
    }
}
